import type { Reading } from '../pagerduty/endpoints/reading.ts';
import { sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';
import { among } from './write.ts';

/** What belongs to what, of the streams that were read. */
export type Memberships = Pick<
  Reading['rows'],
  'team_member' | 'service_team' | 'policy_team' | 'maintenance_window_service'
>;

/** Replaces the memberships of everything that is listed, but for the people of teams that hide them; gives back the people whose teams changed. */
export async function writeMemberships(
  writer: Writer,
  told: Memberships,
  listed: Reading['rows'],
  hidden: ReadonlySet<string>,
): Promise<Set<string>> {
  const before = await pairs(writer);
  await replace(writer, 'service_team', 'service_id', idsOf(listed.service));
  await replace(writer, 'policy_team', 'escalation_policy_id', idsOf(listed.escalation_policy));
  await replace(
    writer,
    'maintenance_window_service',
    'maintenance_window_id',
    idsOf(listed.maintenance_window),
  );
  const open = idsOf(listed.team).filter((id) => !hidden.has(id));
  await replace(writer, 'team_member', 'team_id', open);
  await writer.put('maintenance_window_service', told.maintenance_window_service ?? []);
  await writer.put('service_team', told.service_team ?? []);
  await writer.put('policy_team', told.policy_team ?? []);
  await writer.put('team_member', told.team_member ?? []);
  const after = await pairs(writer);
  const changed = [...before, ...after].filter((pair) => !before.has(pair) || !after.has(pair));
  return new Set(changed.map((pair) => String(JSON.parse(pair)[0])));
}

async function replace(
  writer: Writer,
  table: keyof Memberships,
  owner: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0) await writer.remove(table, among(owner, await writer.keys(ids)));
}

async function pairs(writer: Writer): Promise<Set<string>> {
  const rows = await writer.read(sql`SELECT "user_id", "team_id" FROM "team_member"`);
  return new Set(rows.map((row) => JSON.stringify([row.user_id, row.team_id])));
}

function idsOf(rows: readonly { id: string }[] | undefined): string[] {
  return (rows ?? []).map((row) => row.id);
}
