import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../store/store.ts';
import { accountStore, ask, rowsOf, TO } from '../testing/account.ts';

const at = (text: string) => Date.parse(text);

let store: Store;
beforeAll(async () => {
  store = await accountStore();
  await store.transact((writer) =>
    writer.put('on_call', [
      {
        id: 'O4',
        user_id: 'Ann',
        escalation_policy_id: 'P1',
        schedule_id: null,
        level: 2,
        start: null,
        end: null,
      },
    ]),
  );
});
afterAll(() => store.close());

const onCall = async (query: Parameters<typeof ask>[1]) =>
  rowsOf(await ask(store, { queryType: 'on_call', ...query }));
const until = (to: string) => ({ range: { from: '2026-03-08T00:00:00.000Z', to } });

it('who is on call now is told as of the end of the range, at every level', async () => {
  expect(await onCall(until('2026-03-09T07:00:00.000Z'))).toEqual([
    {
      user: 'Bob B.',
      user_id: 'Bob',
      schedule: 'Primary',
      schedule_id: 'C1',
      escalation_policy: 'Policy P1',
      escalation_policy_id: 'P1',
      level: 1,
      start: at('2026-03-09T00:00:00Z'),
      end: at('2026-03-09T12:00:00Z'),
    },
    expect.objectContaining({ user: 'Ann B.', schedule: null, level: 2, start: null, end: null }),
    expect.objectContaining({ user: 'Bob B.', escalation_policy_id: 'P2', schedule_id: null }),
  ]);
  expect((await onCall(until('2026-03-09T00:00:00.000Z'))).map((row) => row.user)).toEqual([
    'Bob B.',
    'Ann B.',
  ]);
});

it('shifts are the entries that meet the range, filtered by person, schedule, policy and team', async () => {
  const range = { from: '2026-03-08T23:00:00.000Z', to: '2026-03-09T06:00:00.000Z' };
  const shifts = async (...values: [string, string] | []) =>
    (
      await onCall({
        view: 'shifts',
        range,
        filters: values.length ? [{ dimension: values[0], op: '=', values: [values[1]] }] : [],
      })
    ).map((row) => `${row.user_id} ${row.level}`);
  expect(await shifts()).toEqual(['Ann 1', 'Bob 1', 'Ann 2']);
  expect(await shifts('user', 'Bob')).toEqual(['Bob 1']);
  expect(await shifts('schedule', 'Primary')).toEqual(['Ann 1', 'Bob 1']);
  expect(await shifts('team', 'Payments')).toEqual(['Ann 1', 'Bob 1', 'Ann 2']);
  await expect(shifts('urgency', 'high')).rejects.toThrow(/does not go with on-call time; use user, team/);
});

it('gaps are when a policy had nobody at level 1; person and schedule are null', async () => {
  const gaps = await onCall({ view: 'gaps' });
  expect(gaps.map((row) => [row.escalation_policy_id, row.user, row.start, row.end])).toEqual([
    ['P1', null, at('2026-03-09T12:00:00Z'), at(TO)],
    ['P2', null, at('2026-03-02T00:00:00Z'), at('2026-03-09T06:00:00Z')],
    ['P2', null, at('2026-03-09T14:00:00Z'), at(TO)],
  ]);
  const filters = [{ dimension: 'team', op: '=' as const, values: ['Payments'] }];
  expect((await onCall({ view: 'gaps', filters })).length).toBe(1);
});

it('gaps are not made up where on-call time is not harvested', async () => {
  const blind = await accountStore();
  const row = { stream: 'on_call', from: null, to: null, state: 'disabled', rows: 0, reason: 'no scope' };
  await blind.transact((writer) => writer.put('coverage', [row]));
  const answer = await ask(blind, { queryType: 'on_call', view: 'gaps' });
  expect(rowsOf(answer)).toEqual([]);
  expect(answer.frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(/on-call time is unknown.*no scope/);
  await blind.close();
});
