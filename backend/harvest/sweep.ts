import type { RowOf } from '../model/index.ts';
import { DIRECTORY, type DirectoryStream } from '../pagerduty/endpoints/index.ts';
import type { Reading } from '../pagerduty/endpoints/reading.ts';
import { name, type Statement, sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';
import type { Directory } from './directory.ts';
import { among } from './write.ts';

/** A table that the directory fills. */
type DirectoryTable = (typeof DIRECTORY)[DirectoryStream]['table'];

/** Streams by the table that they fill; a schedule may move from one list to another. */
const STREAMS_OF = Map.groupBy(
  Object.keys(DIRECTORY) as DirectoryStream[],
  (stream): DirectoryTable => DIRECTORY[stream].table,
);

/**
 * Marks as deleted what two whole readings in a row did not list, and keeps it; what one did not list is noted. A list
 * that is empty, as a narrowed key gives it as well, says nothing, nor do the lists of a table of which one could not be
 * read. Gives back remarks by stream on what is no longer visible.
 */
export async function sweep(writer: Writer, directory: Directory, at: number): Promise<Map<string, string>> {
  const remarks = new Map<string, string>();
  for (const [table, streams] of STREAMS_OF) {
    const parts = streams.flatMap((stream) => directory.get(stream)?.reading ?? []);
    const said =
      parts.length === streams.length
        ? await sweepTable(writer, table, parts, at)
        : await invisible(writer, table, await writer.keys([]));
    if (said && streams[0]) remarks.set(streams[0], said);
  }
  return remarks;
}

async function sweepTable<T extends DirectoryTable>(
  writer: Writer,
  table: T,
  parts: readonly Reading[],
  at: number,
): Promise<string | null> {
  const listed = parts.flatMap((part) => (part.rows[table] ?? []).map((row) => row.id));
  const keys = await writer.keys(listed);
  const absent = await writer.read<RowOf<T> & Row>(
    sql`SELECT * FROM ${name(table)} WHERE "listed" AND NOT ${among('id', keys)}`,
  );
  if (listed.length === 0) {
    return absent.length > 0
      ? `The list came empty, but ${absent.length} are known: they are kept as they are, as the API key may see less than before.`
      : null;
  }
  const before = await writer.read<{ id: string }>(
    sql`SELECT "id" FROM "missing_thing" WHERE "table" = ${table}`,
  );
  const missing = new Set(before.map((row) => row.id));
  const gone = absent.filter((row) => missing.has(row.id));
  const fresh = absent.filter((row) => !missing.has(row.id));
  await writer.put(
    table,
    gone.map((row) => ({ ...row, listed: false, deleted_at: at })),
  );
  await writer.remove('missing_thing', sql`"table" = ${table}`);
  await writer.put(
    'missing_thing',
    fresh.map(({ id }) => ({ table, id, seen_at: at })),
  );
  return invisible(writer, table, keys);
}

/** What is said of things that a list had and no longer has, those aside that it has now; null for none. */
async function invisible(writer: Writer, table: DirectoryTable, listed: Statement): Promise<string | null> {
  const [counts] = await writer.read<{ deleted: number; missing: number }>(
    sql`SELECT (SELECT count(*) FROM ${name(table)} WHERE NOT "listed" AND "deleted_at" IS NOT NULL AND NOT ${among('id', listed)}) AS "deleted", (SELECT count(*) FROM "missing_thing" WHERE "table" = ${table}) AS "missing"`,
  );
  const sentences = [
    counts?.deleted &&
      `${counts.deleted} are no longer listed, as they were deleted or are hidden from the API key: what is known of them is kept.`,
    counts?.missing &&
      `${counts.missing} were not in the last list: they count as deleted once the next one lacks them too.`,
  ].filter((sentence) => typeof sentence === 'string');
  return sentences.join(' ') || null;
}
