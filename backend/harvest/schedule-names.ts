import type { RowOf } from '../model/index.ts';
import type { Reading } from '../pagerduty/endpoints/reading.ts';
import { schedulesV3 } from '../pagerduty/endpoints/schedules-v3.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import { sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { Crew } from './crew.ts';

type Schedule = RowOf<'schedule'>;

/** Completes schedules that their list does not name: by what is stored, else by asking for each singly. */
export async function nameSchedules(crew: Crew, reading: Reading): Promise<void> {
  const stored = await crew.store.read<Schedule & Row>(sql`SELECT * FROM "schedule"`);
  const known = new Map(stored.filter(isNamed).map((row) => [row.id, row]));
  const rows: Schedule[] = [];
  for (const row of reading.rows.schedule ?? []) {
    const { name, time_zone, url } = isNamed(row) ? row : (known.get(row.id) ?? (await askFor(crew, row)));
    rows.push({ ...row, name, time_zone: row.time_zone ?? time_zone, url: row.url ?? url });
  }
  reading.rows.schedule = rows;
}

function isNamed(row: Schedule): boolean {
  return row.name !== row.id;
}

/** A schedule of the other kind, or one that was deleted since, stays without a name. */
async function askFor({ source }: Crew, row: Schedule): Promise<Schedule> {
  try {
    const body = await source.client.get(`/v3/schedules/${encodeURIComponent(row.id)}`, [], source.signal);
    const raw = typeof body === 'object' && body !== null && 'schedule' in body ? body.schedule : body;
    const told = schedulesV3.parse(raw, { ...source.context, at: source.client.serverNow() }, 0);
    return told?.rows?.schedule?.[0] ?? row;
  } catch (error) {
    const refused =
      error instanceof PagerDutyError && ['missing', 'request', 'permission'].includes(error.kind);
    if (!refused) throw error;
    return row;
  }
}
