import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';

type Zone = RowOf<'user_zone'>;

/** Adds a version to each person whose zone differs from the last one seen; gives back those people: shifts ahead were cut in their old zone. */
export async function reconcileZones(writer: Writer, told: readonly Zone[], at: number): Promise<string[]> {
  const stored = await writer.read<Zone & Row>(sql`SELECT * FROM "user_zone" ORDER BY "user_id", "version"`);
  const latest = new Map(stored.map((row) => [row.user_id, row]));
  const fresh = told.flatMap((row) => {
    const last = latest.get(row.user_id);
    if (last && last.time_zone === row.time_zone) return [];
    return [{ ...row, version: (last?.version ?? 0) + 1, seen_at: at }];
  });
  await writer.put('user_zone', fresh);
  return fresh.map((row) => row.user_id);
}
