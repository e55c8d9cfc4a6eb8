import { afterEach, expect, it } from 'vitest';
import { sql } from '../sql/statement.ts';
import type { Store } from '../store/store.ts';
import { createStages, ready, until } from './harvest.fixture.ts';
import { at, entry, type Raw, ref, type TinyAccount, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

const NOW = 10 * 24 * 60;

/** Changes incident Q1, with an entry that tells of it, and waits for the feed. */
async function change(account: TinyAccount, store: Store, id: string, to: Raw): Promise<void> {
  account.now += 60_000;
  const time = new Date(account.now - 10_000).toISOString();
  Object.assign(account.lists.incidents?.[0] ?? {}, to, { updated_at: time });
  account.lists.log_entries?.push({ ...entry(id, 'annotate', NOW, 'Q1'), created_at: time });
  await until(async () => (await store.read(sql`SELECT 1 FROM "log_entry" WHERE "id" = ${id}`)).length > 0);
}

async function state(store: Store) {
  const [row] = await store.read(
    sql`SELECT "i"."status", "i"."resolved_at", "i"."merged", "i"."service_id", "i"."urgency", "i"."priority_id", "i"."escalation_policy_id", "f"."time_to_resolve", "f"."fingerprint", "p"."urgency" AS "page_urgency" FROM "incident" AS "i" JOIN "incident_fact" AS "f" ON "f"."incident_id" = "i"."id" JOIN "page" AS "p" ON "p"."incident_id" = "i"."id" WHERE "i"."id" = 'Q1'`,
  );
  const teams = await store.read(
    sql`SELECT "team_id" FROM "incident_team" WHERE "incident_id" = 'Q1' ORDER BY 1`,
  );
  return { ...row, teams: teams.map(({ team_id }) => team_id) };
}

it('whatever changes of an incident reaches its rows and facts', async () => {
  const account = tinyAccount(2);
  const { store, harvest } = await stages.begin(account);
  await until(ready(harvest));
  const first = {
    ...{
      status: 'resolved',
      resolved_at: Date.parse(at(70)),
      merged: false,
      service_id: 'S1',
      urgency: 'high',
    },
    ...{ priority_id: null, escalation_policy_id: 'E1', time_to_resolve: 600, fingerprint: 'S1|t:alarm <n>' },
    ...{ page_urgency: 'high', teams: ['T1'] },
  };
  expect(await state(store)).toEqual(first);

  await change(account, store, 'REOPENED', { status: 'acknowledged', resolved_at: null });
  expect(await state(store)).toEqual({
    ...first,
    ...{ status: 'acknowledged', resolved_at: null, time_to_resolve: null },
  });

  const moved = { service: ref('service', 'S2'), escalation_policy: ref('escalation_policy', 'E2') };
  await change(account, store, 'MOVED', {
    ...{ ...moved, teams: [ref('team', 'T2'), ref('team', 'T3')], urgency: 'low' },
    ...{ priority: ref('priority', 'P2'), status: 'resolved', resolved_at: at(NOW), title: 'Other' },
  });
  const after = {
    ...{
      status: 'resolved',
      resolved_at: Date.parse(at(NOW)),
      merged: false,
      service_id: 'S2',
      urgency: 'low',
    },
    ...{
      priority_id: 'P2',
      escalation_policy_id: 'E2',
      time_to_resolve: (NOW - 60) * 60,
      fingerprint: 'S2|t:other',
    },
    ...{ page_urgency: 'low', teams: ['T2', 'T3'] },
  };
  expect(await state(store)).toEqual(after);

  await change(account, store, 'MERGED', {
    resolve_reason: { type: 'merge_resolve_reason', incident: ref('incident', 'Q2') },
  });
  expect(await state(store)).toEqual({ ...after, merged: true, time_to_resolve: null });
});
