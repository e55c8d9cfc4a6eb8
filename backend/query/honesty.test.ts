import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/store.ts';
import { accountStore, ask, rowsOf } from './testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

const table = async (query: Parameters<typeof ask>[1]) =>
  rowsOf(await ask(store, { format: 'table', ...query }));

describe('honesty', () => {
  it('tells zone, rules and how far the harvest is, and says that the data is simulated', async () => {
    const { frames } = await ask(store, { metric: 'incidents' });
    expect(frames[0]?.schema.meta.custom).toMatchObject({
      harvestedUntil: '2026-03-30T00:00:00.000Z',
      complete: true,
      reason: null,
      timeZone: 'UTC',
      configuration: 'as tested',
    });
    expect(frames[0]?.schema.meta.notices?.map((notice) => notice.text)).toEqual([
      expect.stringMatching(/^Simulated data/),
    ]);
  });

  it('says so where a range begins before the harvest', async () => {
    const { frames } = await ask(store, {
      metric: 'incidents',
      range: { from: '2026-02-01T00:00:00.000Z', to: '2026-03-05T00:00:00.000Z' },
    });
    expect(frames[0]?.schema.meta.custom.complete).toBe(false);
    expect(frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(
      /Incomplete: The harvest reaches back to 2026-03-02/,
    );
  });

  it('says how many incidents are gone of which log entries tell', async () => {
    const store = await accountStore();
    const gone = { incident_id: 'I99', service_id: null, status: 404, seen_at: 0 };
    await store.transact((writer) =>
      writer.put('unreadable_incident', [gone, { ...gone, incident_id: 'I98', status: 403 }]),
    );
    const { frames } = await ask(store, { metric: 'incidents' });
    await store.close();
    expect(frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(/^1 incidents .* are gone \(404\)/);
  });

  it('gives the full count where a limit cuts', async () => {
    const answer = await ask(store, { queryType: 'incidents', limit: 2 });
    expect(rowsOf(answer).map((row) => row.id)).toEqual(['I6', 'I5']);
    expect(answer.frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(/newest 2 of 6 incidents/);
  });
});

describe('what is not harvested', () => {
  it('of on-call time is null with a notice, not 0', async () => {
    const store = await accountStore();
    const row = {
      stream: 'on_call',
      from: null,
      to: null,
      state: 'disabled',
      rows: 0,
      reason: 'needs oncalls.read',
    };
    await store.transact((writer) => writer.put('coverage', [row]));
    const hours = await ask(store, { metric: 'on_call_hours', format: 'table' });
    expect(rowsOf(hours)).toEqual([{ on_call_hours: null }]);
    expect(hours.frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(
      /on_call_hours is unknown .*needs oncalls.read/,
    );
    const nights = rowsOf(await ask(store, { queryType: 'night' }));
    expect(new Set(nights.map((night) => night.on_call_hours))).toEqual(new Set([null]));
    await store.close();
  });

  it('of the directory is told where an answer leans on it', async () => {
    const store = await accountStore();
    const row = { from: null, to: null, rows: 0 };
    await store.transact((writer) =>
      writer.put('coverage', [
        { ...row, stream: 'users', state: 'disabled', reason: 'The key may not.' },
        { ...row, stream: 'priorities', state: 'error', reason: 'It broke off.' },
      ]),
    );
    const noticesBy = async (by: string[]) => {
      const { frames } = await ask(store, { metric: 'incidents', format: 'table', by });
      return (frames[0]?.schema.meta.notices ?? []).map(({ text }) => text).slice(1);
    };
    expect(await noticesBy([])).toEqual([expect.stringMatching(/^users may lack .*: The key may not\.$/)]);
    expect(await noticesBy(['priority'])).toContain("priorities may lack priorities' names: It broke off.");
    await store.close();
  });

  it('of log entries leaves nights unknown instead of calm', async () => {
    const store = await accountStore();
    const from = Date.parse('2026-03-05T00:00:00Z');
    const rows = ['incidents', 'log_entries'].map((stream) => ({
      stream,
      from,
      to: Date.parse('2026-03-30T00:00:00Z'),
      state: 'running',
      rows: 1,
      reason: null,
    }));
    await store.transact((writer) => writer.put('coverage', rows));
    const nights = rowsOf(await ask(store, { queryType: 'night' }));
    const early = nights.find((night) => night.user_id === 'Ann' && night.night === '2026-03-02');
    expect(early).toMatchObject({
      on_call_hours: 10,
      sleep_interruptions: null,
      awake_minutes: null,
      broken: null,
    });
    await store.close();
  });

  it('to compute a share over is said in a notice', async () => {
    const range = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-21T00:00:00.000Z' };
    const answer = await ask(store, { metric: 'auto_resolved_share', format: 'table', range });
    expect(rowsOf(answer)).toEqual([{ auto_resolved_share: null }]);
    expect(answer.frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(
      /auto_resolved_share is empty where there was nothing/,
    );
  });
});

describe('the account', () => {
  it('is told in a banner that says that it is simulated and how fresh it is', async () => {
    const [row] = await table({ queryType: 'account' });
    expect(row).toMatchObject({ account: 'simulated', simulated: true, complete: true });
    expect(row?.banner).toBe(
      'SIMULATED DATA: this account is made up and nobody was paged · harvested until 2026-03-30 00:00 UTC',
    );
  });

  it('has what keeps the harvest from going on at the front', async () => {
    const broken = await accountStore();
    const row = {
      stream: 'log_entries',
      from: null,
      to: null,
      state: 'error',
      rows: 0,
      reason: 'the key was refused',
    };
    await broken.transact((writer) => writer.put('coverage', [row]));
    expect(rowsOf(await ask(broken, { queryType: 'account' }))[0]?.banner).toMatch(
      /^PROBLEM: log_entries: the key was refused/,
    );
    await broken.close();
  });
});
