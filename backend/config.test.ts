import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isZone, readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, 'pagebudget.yaml');
  writeFileSync(path, content);
  return path;
}

it('needs nothing to be set', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8686,
    token: null,
    pagerduty: {
      credential: null,
      url: 'https://api.pagerduty.com',
      identityUrl: 'https://identity.pagerduty.com',
    },
    store: 'duckdb:data/pagebudget.duckdb',
    since: { days: 400 },
    pageWindow: 300,
    requestShare: 0.5,
  });
});

it('knows the file of the token, and an instant to harvest from', () => {
  const path = file('the-key\n');
  const config = readConfig({ PAGERDUTY_TOKEN_FILE: path, PAGEBUDGET_SINCE: '2026-01-01' });
  expect(config.pagerduty.credential).toEqual({ kind: 'key_file', path });
  expect(config.since).toEqual({ at: Date.parse('2026-01-01') });
});

it('reads the settings file, times of day as minutes', () => {
  const path = file(
    'timeZone: Asia/Kathmandu\nhours: {sleep: {from: "23:30", to: "07:00"}, holidays: [2026-12-25]}\n',
  );
  const config = readConfig({ PAGEBUDGET_CONFIG: path });
  expect(config.timeZone).toBe('Asia/Kathmandu');
  expect(config.hours).toEqual({ sleep: { from: 1410, to: 420 }, holidays: ['2026-12-25'] });
});

describe('a fault', () => {
  it('is reported together with all others, each with what would be right', () => {
    const read = () =>
      readConfig({
        PORT: '99999',
        LOG_LEVEL: 'loud',
        PAGEBUDGET_STORE: 'mysql:x',
        PAGEBUDGET_SINCE: 'ever',
        HOST: '0.0.0.0',
        PAGERDUTY_API_URL: 'pagerduty',
        PAGERDUTY_TOKEN_FILE: '/nowhere',
      });
    expect(read).toThrow(/PORT=99999 is not a port/);
    expect(read).toThrow(/LOG_LEVEL=loud is not one of fatal/);
    expect(read).toThrow(/PAGEBUDGET_STORE=mysql:x is not a store such as duckdb:/);
    expect(read).toThrow(/PAGEBUDGET_SINCE=ever is neither days such as 400d/);
    expect(read).toThrow(/HOST=0.0.0.0 is reachable from other machines: set PAGEBUDGET_TOKEN/);
    expect(read).toThrow(/PAGERDUTY_API_URL=pagerduty is not a URL/);
    expect(read).toThrow(/PAGERDUTY_TOKEN_FILE=\/nowhere cannot be read: ENOENT/);
  });

  it.each([
    ['timeZone: Europe/Berlim', /timeZone is not an IANA time zone such as "Europe\/Berlin"/],
    ['hours: {sleep: {from: "25:00", to: "08:00"}}', /hours.sleep.from is not a time of day such as "22:00"/],
    ['hours: {holidays: ["2026-02-31"]}', /hours.holidays.0 is not a date such as "2026-12-25"/],
    ['pageWindow: 9999', /pageWindow/],
    ['categories: [{name: x}]', /categories.0 needs a title, service or incidentKey pattern/],
    ['categories: [{name: x, title: "("}]', /categories.0.title is not a regular expression/],
    ['colour: red', /colour/],
    ['a: [', /cannot be read as YAML/],
  ])('of the settings file is named: %s', (content, message) => {
    expect(() => readConfig({ PAGEBUDGET_CONFIG: file(content) })).toThrow(message);
  });
});

it('takes zone names, not bare offsets', () => {
  expect(['UTC', 'Asia/Kathmandu', 'Europe/Kiev'].every(isZone)).toBe(true);
  expect(['+05:30', '', 'Mars/Olympus'].some(isZone)).toBe(false);
});
