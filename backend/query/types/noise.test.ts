import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import type { RowOf } from '../../model/index.ts';
import { sql } from '../../sql/statement.ts';
import type { Store } from '../../store/store.ts';
import { accountStore, ask, by, entry, incident, ROWS, rowsOf, TO, to } from '../testing/account.ts';

const RANGE = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-22T00:00:00.000Z' };

const queue = (id: string, created: string, more: Partial<RowOf<'incident'>> = {}) =>
  incident(id, created, { title: 'Queue long', ...more });
const integration = { agent_type: 'service_reference', agent_id: 'S1', channel_type: 'api' };

const INCIDENTS = [
  queue('I11', '2026-03-20T08:00:00Z'),
  queue('I12', '2026-03-20T11:00:00Z'),
  queue('I13', '2026-03-20T14:00:00Z', { urgency: 'low', status: 'triggered', resolved_at: null }),
  queue('I14', '2026-03-21T01:00:00Z', { urgency: 'low' }),
  queue('I15', '2026-03-21T12:00:00Z', { resolved_at: Date.parse('2026-03-21T12:01:00Z') }),
  incident('I16', '2026-03-21T15:00:00Z', { service_id: 'S2', title: 'Mail late', resolved_at: null }),
];

const ENTRIES = [
  // Acknowledged in time to the second, with a runbook, resolved by a person: yes.
  entry('N01', 'I11', 'trigger', '2026-03-20T08:00:00Z', { runbook: 'https://wiki.example/runbook/queue' }),
  entry('N02', 'I11', 'acknowledge', '2026-03-20T08:15:00Z', by('Ann')),
  entry('N03', 'I11', 'resolve', '2026-03-20T09:00:00Z', by('Ann')),
  // Acknowledged a second too late, gone by itself: no.
  entry('N04', 'I12', 'acknowledge', '2026-03-20T11:15:01Z', by('Ann')),
  entry('N05', 'I12', 'resolve', '2026-03-20T12:00:00Z', integration),
  // Low, and it wakes Ann at 2 in the morning: yes.
  entry('N06', 'I14', 'notify', '2026-03-21T01:00:00Z', to('Ann')),
  entry('N07', 'I14', 'resolve', '2026-03-21T02:00:00Z', by('Ann')),
  // Gone within a minute, and nobody saw it: no, and transient.
  entry('N08', 'I15', 'resolve', '2026-03-21T12:01:00Z', integration),
];

let store: Store;
beforeAll(async () => {
  store = await accountStore();
  await store.transact(async (writer) => {
    await writer.put('incident', INCIDENTS);
    await writer.put('log_entry', ENTRIES);
    await writer.put('service_team', [{ service_id: 'S1', team_id: 'T1' }]);
    await derive(
      writer,
      { incidents: INCIDENTS.map(({ id }) => id) },
      { settings: readConfig({}), covered: null },
    );
  });
});
afterAll(() => store.close());

const noise = async () => rowsOf(await ask(store, { queryType: 'noise', range: RANGE }));
const qualityOf = ({ supported, trustworthy, actionable, triaged }: Record<string, unknown>) => ({
  supported,
  trustworthy,
  actionable,
  triaged,
});

const onCall = (id: string, more: Partial<RowOf<'on_call'>>): RowOf<'on_call'> => ({
  ...{ id, user_id: 'Bob', escalation_policy_id: 'P1', schedule_id: null },
  ...{ level: 1, start: null, end: null, ...more },
});

describe('the quality of an alert', () => {
  it('is worked out as by hand', async () => {
    const [queue, mail] = await noise();
    expect(queue).toMatchObject({
      fingerprint: 'queue long',
      incidents: 5,
      sleep_interruptions: 1,
      false_positive_share: 1 / 2,
      unknown_share: 1 / 5,
    });
    // Trustworthy: all but the second and the fifth. Actionable: 2 of 4 known, 1 of 5 with a runbook. Triaged: the first, and the third, which is low and woke nobody.
    expect(qualityOf(queue ?? {})).toEqual({
      supported: 0,
      trustworthy: 3 / 5,
      actionable: 1 / 10,
      triaged: 2 / 5,
    });
    expect(qualityOf(mail ?? {})).toEqual({ supported: 0, trustworthy: 1, actionable: null, triaged: 0 });
  });

  it('says why a column is empty', async () => {
    const { frames } = await ask(store, { queryType: 'noise', range: RANGE });
    const texts = frames[0]?.schema.meta.notices?.map(({ text }) => text);
    expect(texts).toContain('actionable is empty where no incident is known to be actionable or not.');
  });

  it('takes a runbook in the description of the service for all incidents of it', async () => {
    const runbook = 'https://wiki.example/runbook/one';
    await store.transact((writer) =>
      writer.put('service', [{ ...ROWS.service[0], runbook } as RowOf<'service'>]),
    );
    expect((await noise())[0]).toMatchObject({ actionable: 1 / 2 });
  });

  it('is supported only with a team, and somebody on call at level 1 at the end of what is harvested', async () => {
    const end = Date.parse(TO);
    const supported = async (rows: RowOf<'on_call'>[]) => {
      await store.transact(async (writer) => {
        await writer.remove('on_call', sql`"id" LIKE 'now%'`);
        await writer.put('on_call', rows);
      });
      return (await noise()).map((row) => row.supported);
    };
    expect(await supported([onCall('now', { start: end - 1, end: end + 1 })])).toEqual([1, 0]);
    expect(await supported([onCall('now', {})])).toEqual([1, 0]);
    expect(await supported([onCall('now', { end })])).toEqual([0, 0]);
    expect(await supported([onCall('now', { start: end })])).toEqual([1, 0]);
    expect(await supported([onCall('now', { level: 2 })])).toEqual([0, 0]);
    expect(await supported([onCall('now', { escalation_policy_id: 'P2' })])).toEqual([0, 0]);
  });

  it('is unknown where PagerDuty tells nothing of on-call time, and 0 without a team all the same', async () => {
    await store.transact((writer) => writer.remove('coverage', sql`"stream" = 'on_call'`));
    expect((await noise()).map((row) => row.supported)).toEqual([null, 0]);
  });
});
