import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, type Page, type Refusal, startSmall } from '../testing.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSmall();
});
afterAll(() => simulator.stop());

const page = async (query: string) =>
  (await ask<Page<'log_entries', { id: string }>>(simulator, `/log_entries?${query}`)).body;

it('a page holds 25 rows, and no total unless one asks', async () => {
  const { log_entries, ...position } = await page('');
  expect(log_entries).toHaveLength(25);
  expect(position).toEqual({ limit: 25, offset: 0, total: null, more: true });
  expect((await page('total=true')).total).toBeGreaterThan(20_000);
});

it('pages join without gaps and without doubles, and the last says that there is no more', async () => {
  const whole = await page('limit=100');
  const parts = [await page('limit=60'), await page('limit=40&offset=60')];
  expect(parts.flatMap(({ log_entries }) => log_entries)).toEqual(whole.log_entries);
  const span = 'since=2026-11-10T00:00:00Z&until=2026-11-10T06:00:00Z';
  const { total } = await page(`${span}&total=true`);
  const exact = await page(`${span}&limit=100&offset=${(total ?? 0) - 1}`);
  expect(exact.more).toBe(false);
  expect(exact.log_entries).toHaveLength(1);
});

it('offset and limit reach 10,000 rows together and not one more', async () => {
  expect((await ask(simulator, '/log_entries?limit=100&offset=9900')).status).toBe(200);
  const refused = await ask<Refusal>(simulator, '/log_entries?limit=100&offset=9901');
  expect(refused.status).toBe(400);
  expect(refused.body.error.errors?.join()).toContain('10000');
});

it('a limit over 100 is cut or refused, as the settings say', async () => {
  expect((await page('limit=500')).limit).toBe(100);
  simulator.control({ overLimit: 'refuse' });
  expect((await ask(simulator, '/log_entries?limit=101')).status).toBe(400);
  simulator.control({ overLimit: 'clamp' });
});

it.each(['limit=abc', 'limit=0', 'offset=-1', 'total=maybe', 'since=garbage', 'time_zone=Mars/Olympus'])(
  '%s is refused',
  async (query) => {
    const { status, body } = await ask<Refusal>(simulator, `/log_entries?${query}`);
    expect(status).toBe(400);
    expect(body.error.errors).toHaveLength(1);
  },
);
