import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { configurationOf } from './configuration.ts';

const plans = { budgets: [], slos: [], faults: [] };
const config = readConfig({ PAGERDUTY_TOKEN: 'a-secret', PAGEBUDGET_TOKEN: 'another' });
const store = { engine: 'duckdb' };
const base = configurationOf(config, plans, store);

describe('the hash of the configuration', () => {
  it('differs with every setting that can change an answer', () => {
    const changed = [
      { ...config, timeZone: 'Europe/Berlin' },
      { ...config, burstWindow: 60 },
      { ...config, people: 'aggregates' as const },
      { ...config, since: { days: 7 } },
    ];
    const hashes = changed.map((one) => configurationOf(one, plans, store).hash);
    expect(new Set([base.hash, ...hashes]).size).toBe(5);
  });

  it('names the part that differs', () => {
    const other = configurationOf({ ...config, burstWindow: 60 }, plans, store);
    expect(other.rules).not.toBe(base.rules);
    expect(other).toMatchObject({ version: base.version, schema: base.schema, budgets: base.budgets });
    const slo = { name: 'web' } as never;
    expect(configurationOf(config, { ...plans, slos: [slo] }, store)).toEqual({
      ...base,
      hash: expect.not.stringMatching(base.hash),
      budgets: expect.not.stringMatching(base.budgets),
    });
  });

  it('tells the engine of the store, the views and the rules of time zones', () => {
    const other = configurationOf(config, plans, { engine: 'postgres' });
    expect(other).toEqual({ ...base, hash: expect.not.stringMatching(base.hash), engine: 'postgres' });
    expect(base).toMatchObject({ views: expect.stringMatching(/./), zones: process.versions.tz });
  });

  it('does not depend on addresses and secrets, and tells none', () => {
    const moved = readConfig({ PAGERDUTY_TOKEN: 'x', PAGEBUDGET_TOKEN: 'y', PORT: '1', HOST: '0.0.0.0' });
    expect(configurationOf(moved, plans, store)).toEqual(base);
    expect(JSON.stringify(base)).not.toMatch(/secret/);
  });
});
