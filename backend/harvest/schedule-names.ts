import type { RowOf } from '../model/index.ts';
import type { Reading } from '../pagerduty/endpoints/reading.ts';
import { schedulesV3 } from '../pagerduty/endpoints/schedules-v3.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import { sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { Crew } from './crew.ts';

type Schedule = RowOf<'schedule'>;

/** Completes schedules that their list does not name: by what is stored, else by asking for each singly; says which it may not ask for, null for none. */
export async function nameSchedules(crew: Crew, reading: Reading): Promise<string | null> {
  const stored = await crew.store.read<Schedule & Row>(sql`SELECT * FROM "schedule"`);
  const known = new Map(stored.filter(isNamed).map((row) => [row.id, row]));
  const answered = async (row: Schedule) => {
    const before = known.get(row.id);
    return before?.listed ? before : askFor(crew, row);
  };
  const rows: Schedule[] = [];
  const refused: string[] = [];
  for (const row of reading.rows.schedule ?? []) {
    const told = isNamed(row) ? row : await answered(row);
    if (!told) refused.push(row.id);
    const { name, time_zone, url } = told ?? known.get(row.id) ?? row;
    rows.push({ ...row, name, time_zone: row.time_zone ?? time_zone, url: row.url ?? url });
  }
  reading.rows.schedule = rows;
  return refused.length === 0
    ? null
    : `Of shift-based schedules ${refused.length} may not be read singly (403, 404), so their names and time zones may be missing: ${refused.join(', ')}. Give the key's user access to them; they are asked for again every hour.`;
}

function isNamed(row: Schedule): boolean {
  return row.name !== row.id;
}

/** What a schedule says of itself; null where it is hidden, or was deleted since. */
async function askFor({ source }: Crew, row: Schedule): Promise<Schedule | null> {
  try {
    const body = await source.client.get(`/v3/schedules/${encodeURIComponent(row.id)}`, [], source.signal);
    const raw = typeof body === 'object' && body !== null && 'schedule' in body ? body.schedule : body;
    const told = schedulesV3.parse(raw, { ...source.context, at: source.client.serverNow() }, 0);
    return told?.rows?.schedule?.[0] ?? row;
  } catch (error) {
    const refused =
      error instanceof PagerDutyError && ['missing', 'request', 'permission'].includes(error.kind);
    if (!refused) throw error;
    return null;
  }
}
