import { KNOWN_TYPES } from '../pagerduty/endpoints/log-entries.ts';
import { isIn, name, sql } from '../sql/statement.ts';
import type { Crew } from './crew.ts';

/** Counts what the log entries hold that no figure can use, for coverage to say. */
export async function summarise(crew: Crew): Promise<void> {
  const strange = await crew.store.read<{ type: string; count: number }>(
    sql`SELECT "type", count(*) AS "count" FROM "log_entry" WHERE NOT ${isIn(name('type'), KNOWN_TYPES)} GROUP BY 1 ORDER BY 1`,
  );
  const [nobody] = await crew.store.read<{ count: number }>(
    sql`SELECT count(*) AS "count" FROM "log_entry" WHERE "type" = 'notify_log_entry' AND "user_id" IS NULL`,
  );
  const sentences = [
    strange.length > 0 &&
      `Kept entries of unknown types: ${strange.map((row) => `${row.count} ${row.type}`).join(', ')}.`,
    nobody?.count && `${nobody.count} notifications name no person and make no page.`,
  ].filter((sentence) => typeof sentence === 'string');
  const before = crew.remarks.get('log_entries') ?? '';
  const text = sentences.join(' ');
  if (text === before) return;
  crew.remarks.set('log_entries', text);
  await crew.commit({});
}
