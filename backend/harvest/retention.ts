import { DAY } from '../clock.ts';
import { TABLES, type TableName } from '../model/index.ts';
import { instant, name, sql } from '../sql/statement.ts';
import type { Reader, Writer } from '../store/store.ts';
import type { Crew } from './crew.ts';
import { retainedFrom } from './retained.ts';
import { among } from './write.ts';

/** Tables of what belongs to one incident. */
const OF_INCIDENT = (Object.keys(TABLES) as TableName[]).filter(
  (table) => 'incident_id' in TABLES[table].columns,
);

/**
 * Removes what is older than the setting says, whole UTC days, the oldest first, each in a transaction of its own. First
 * coverage gives the days up, so that no figure is ever made of half of them. An incident goes with all its rows once it
 * is resolved and its last entry is as old; until then all of it stays.
 */
export async function retain(crew: Crew): Promise<void> {
  const { ledger, store, commit, source, log } = crew;
  const keptFrom = latest(keptFromNow(crew), ledger.keptFrom);
  if (keptFrom === null || (ledger.removedUntil ?? -Infinity) >= keptFrom) return;
  if (keptFrom !== ledger.keptFrom) await commit({ notes: { keptFrom } });
  const days = await daysBefore(store, keptFrom);
  for (const day of days) {
    source.signal.throwIfAborted();
    await store.transact((writer) => removeDay(writer, day, keptFrom));
  }
  await commit({ notes: { removedUntil: keptFrom } });
  log.info({ days: days.length, until: new Date(keptFrom).toISOString() }, 'removed what is not retained');
}

/** By the earliest of three clocks, so that one that is told wrong removes nothing. */
function keptFromNow({ config, ledger, clock, source }: Crew): number | null {
  if (ledger.watermark === null) return null;
  return retainedFrom(config, Math.min(clock.now(), source.client.serverNow(), ledger.watermark));
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** The days before an instant that hold something to remove, or incidents that stay as something happened to them since. */
async function daysBefore(reader: Reader, until: number): Promise<number[]> {
  const end = instant(until);
  const rows = await reader.read<{ day: number }>(
    sql`SELECT DISTINCT CAST(date_trunc('day', "at") AS timestamp) AS "day" FROM (
      SELECT "created_at" AS "at" FROM "incident" WHERE "created_at" < ${end} AND "status" NOT IN ('triggered', 'acknowledged')
      UNION ALL SELECT "created_at" FROM "log_entry" AS "e" WHERE "created_at" < ${end} AND NOT EXISTS (SELECT 1 FROM "incident" AS "i" WHERE "i"."id" = "e"."incident_id")
      UNION ALL SELECT "start" FROM "shift" WHERE "end" <= ${end}
      UNION ALL SELECT "end" - INTERVAL '1' SECOND FROM "on_call" WHERE "end" <= ${end}
    ) AS "t" ORDER BY 1`,
  );
  return rows.map(({ day }) => day);
}

async function removeDay(writer: Writer, day: number, keptFrom: number): Promise<void> {
  const next = Math.min(day + DAY, keptFrom);
  const [from, to, end] = [instant(day), instant(next), instant(keptFrom)];
  const rows = await writer.read<{ id: string }>(
    sql`SELECT "id" FROM (
      SELECT "id" FROM "incident" WHERE "created_at" >= ${from} AND "created_at" < ${to} AND "status" NOT IN ('triggered', 'acknowledged')
      UNION SELECT "incident_id" FROM "log_entry" AS "e" WHERE "created_at" >= ${from} AND "created_at" < ${to} AND NOT EXISTS (SELECT 1 FROM "incident" AS "i" WHERE "i"."id" = "e"."incident_id")
    ) AS "t" WHERE NOT EXISTS (SELECT 1 FROM "log_entry" AS "l" WHERE "l"."incident_id" = "t"."id" AND "l"."created_at" >= ${end})`,
  );
  if (rows.length > 0) {
    const keys = await writer.keys(rows.map(({ id }) => id));
    for (const table of OF_INCIDENT) await writer.remove(table, among('incident_id', keys));
    await writer.remove('incident', among('id', keys));
  }
  for (const table of ['on_call', 'shift'] as const) await writer.remove(table, sql`${name('end')} <= ${to}`);
}
