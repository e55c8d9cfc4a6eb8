import type { RowOf } from '../../backend/model/index.ts';
import { sql, whole } from '../../backend/sql/statement.ts';
import type { Row, Store } from '../../backend/store/store.ts';

const DAY = 86_400_000;
const LIKE = 1000;

/** Rows to be written. */
interface Arrivals {
  incidents: RowOf<'incident'>[];
  entries: RowOf<'log_entry'>[];
}

/** Makes incidents with their entries like the latest ones of a store, under other ids, some days before `until`; nothing is later than that. */
export async function arrivalsOf(
  store: Store,
  until: number,
): Promise<(count: number, daysBefore: number) => Arrivals> {
  const incidents = await store.read<RowOf<'incident'> & Row>(
    sql`SELECT * FROM "incident" ORDER BY "created_at" DESC LIMIT ${whole(LIKE)}`,
  );
  const first = incidents.at(-1)?.created_at ?? 0;
  const entries = Map.groupBy(
    await store.read<RowOf<'log_entry'> & Row>(
      sql`SELECT "e".* FROM "log_entry" AS "e" JOIN (SELECT "id" FROM "incident" ORDER BY "created_at" DESC LIMIT ${whole(LIKE)}) AS "i" ON "i"."id" = "e"."incident_id"`,
    ),
    ({ incident_id }) => incident_id,
  );
  let made = 0;
  return (count, daysBefore) => {
    const rows: Arrivals = { incidents: [], entries: [] };
    for (let n = 0; n < count; n++) {
      const like = incidents[made % incidents.length];
      if (!like) break;
      const mark = `-bench-${process.pid}-${made++}`;
      const at = daysBefore === 0 ? until - like.created_at - 1000 : -daysBefore * DAY;
      const later = (time: number) => Math.min(time + at, until);
      rows.incidents.push({
        ...like,
        id: like.id + mark,
        created_at: like.created_at + at,
        resolved_at: like.resolved_at === null ? null : later(like.resolved_at),
      });
      for (const entry of entries.get(like.id) ?? [])
        rows.entries.push({
          ...entry,
          id: entry.id + mark,
          incident_id: like.id + mark,
          created_at: later(entry.created_at),
        });
    }
    return first > 0 ? rows : { incidents: [], entries: [] };
  };
}
