import { expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { rulesOf, rulesVersion } from './rules.ts';

const settings = readConfig({});

it('names the same rules for the same settings, and others when facts would come out otherwise', () => {
  const version = rulesVersion(settings);
  expect(version).toMatch(/^[0-9a-f]{12}$/);
  expect(rulesVersion({ ...settings, requestShare: 0.1 })).toBe(version);
  const others = [
    { timeZone: 'Europe/Berlin' },
    { hours: { holidays: ['2026-12-25'] } },
    { teams: [{ team: 'A', hours: {} }] },
    { pageWindow: 60 },
    { burstWindow: 60 },
    { transientUnder: 60 },
    { services: { S1: { fingerprint: 'key' as const } } },
    { categories: [{ name: 'A', title: 'a' }] },
    { runbookPattern: 'wiki' },
  ].map((change) => rulesVersion({ ...settings, ...change }));
  expect(new Set([version, ...others]).size).toBe(others.length + 1);
});

it("reads a missing or unknown zone as the account's", () => {
  const rules = rulesOf({ ...settings, timeZone: 'Asia/Tokyo' });
  const names = [null, 'Nowhere/Atlantis', 'Europe/Kiev'].map((name) => rules.zoneNamed(name).name);
  expect(names).toEqual(['Asia/Tokyo', 'Asia/Tokyo', 'Europe/Kiev']);
});

it('finds the services that follow their key by id or name', () => {
  const rules = rulesOf({
    ...settings,
    services: { S1: { fingerprint: 'key' }, Shop: { fingerprint: 'title' } },
  });
  expect(rules.followsKey({ id: 'S1', name: '' })).toBe(true);
  expect(rules.followsKey({ id: 'S2', name: 'S1' })).toBe(true);
  expect(rules.followsKey({ id: 'S3', name: 'Shop' })).toBe(false);
  expect(rules.followsKey({ id: 'S4', name: 'Else' })).toBe(false);
});
