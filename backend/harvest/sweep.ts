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

/** When a directory was read, and up to when nothing can lack of what its lists had before. */
export interface Readings {
  /** Epoch ms, PagerDuty's clock. */
  at: number;
  /** Epoch ms; what was read later may lack what belongs to things that have vanished since. */
  seenUntil(streams: readonly DirectoryStream[]): number;
  /** True where a list has told anything before. */
  hadRows(stream: DirectoryStream): boolean;
}

/**
 * Marks as deleted what two whole readings in a row did not list, and keeps it; what one did not list is noted. A list
 * that is empty, as a narrowed key gives it as well, says nothing, nor do the lists of a table of which one could not be
 * read, or is no longer there. Gives back remarks by stream on what is no longer visible.
 */
export async function sweep(
  writer: Writer,
  directory: Directory,
  readings: Readings,
): Promise<Map<string, string>> {
  const remarks = new Map<string, string>();
  for (const [table, streams] of STREAMS_OF) {
    const parts = streams.flatMap((stream) => wholePart(directory, stream, readings) ?? []);
    const times = { at: readings.at, seenUntil: readings.seenUntil(streams) };
    const listed = parts.flatMap((part) => (part.rows[table] ?? []).map((row) => row.id));
    const keys = await writer.keys(listed);
    await writer.remove('missing_thing', sql`"table" = ${table} AND ${among('id', keys)}`);
    const said =
      parts.length === streams.length
        ? await sweepTable(writer, table, { keys, isEmpty: listed.length === 0 }, times)
        : await invisible(writer, table, keys);
    if (said && streams[0]) remarks.set(streams[0], said);
  }
  return remarks;
}

/** What a list told whole; one that is not there is whole and empty only where it never was. */
function wholePart(directory: Directory, stream: DirectoryStream, { hadRows }: Readings): Reading | null {
  const part = directory.get(stream);
  return !part || (part.absent !== null && hadRows(stream)) ? null : part.reading;
}

async function sweepTable<T extends DirectoryTable>(
  writer: Writer,
  table: T,
  { keys, isEmpty }: { keys: Statement; isEmpty: boolean },
  { at, seenUntil }: { at: number; seenUntil: number },
): Promise<string | null> {
  const absent = await writer.read<RowOf<T> & Row>(
    sql`SELECT * FROM ${name(table)} WHERE "listed" AND NOT ${among('id', keys)}`,
  );
  const before = await writer.read<RowOf<'missing_thing'> & Row>(
    sql`SELECT * FROM "missing_thing" WHERE "table" = ${table}`,
  );
  const missing = new Map(before.map((row) => [row.id, row]));
  const gone = absent.filter(({ id }) => !isEmpty && (missing.get(id)?.seen_at ?? null) !== null);
  await writer.put(
    table,
    gone.map((row) => ({ ...row, listed: false, deleted_at: at })),
  );
  await writer.put(
    'missing_thing',
    absent.map(({ id }) => {
      const { lacking_from, seen_at = null } = missing.get(id) ?? {};
      return {
        table,
        id,
        lacking_from: lacking_from ?? seenUntil,
        seen_at: seen_at ?? (isEmpty ? null : at),
      };
    }),
  );
  if (!isEmpty) return invisible(writer, table, keys);
  return absent.length > 0
    ? `The list came empty, but ${absent.length} are known: they are kept as they are, as the API key may see less than before.`
    : null;
}

/** What is said of things that a list had and no longer has, those aside that it has now; null for none. */
async function invisible(writer: Writer, table: DirectoryTable, listed: Statement): Promise<string | null> {
  const hidden = sql`NOT ${among('id', listed)}`;
  const missing = sql`SELECT "id" FROM "missing_thing" WHERE "table" = ${table} AND "seen_at" IS NOT NULL`;
  const [counts] = await writer.read<{ deleted: number; missing: number }>(
    sql`SELECT count(*) FILTER (WHERE NOT "listed" AND "deleted_at" IS NOT NULL) AS "deleted", count(*) FILTER (WHERE "listed" AND "id" IN (${missing})) AS "missing" FROM ${name(table)} WHERE ${hidden}`,
  );
  const sentences = [
    counts?.deleted &&
      `${counts.deleted} are no longer listed, as they were deleted or are hidden from the API key: what is known of them is kept.`,
    counts?.missing &&
      `${counts.missing} were not in the last list: they count as deleted once the next one lacks them too.`,
  ].filter((sentence) => typeof sentence === 'string');
  return sentences.join(' ') || null;
}
