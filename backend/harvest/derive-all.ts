import type { FileSettings } from '../config.ts';
import { rulesOf, rulesVersion } from '../model/facts/rules.ts';
import { instant, sql } from '../sql/statement.ts';
import type { Reader, Store, Writer } from '../store/store.ts';
import type { DeriveContext } from './derive.ts';
import { deriveIncidents } from './derive-incidents.ts';
import { deriveShifts } from './derive-shifts.ts';

/** The note that names the rules under which all facts were made. */
const RULES_NOTE = 'rules';

/** The note that tells how far a derivation under new rules has come. */
const PROGRESS_NOTE = 'rules_progress';

const INCIDENTS_AT_ONCE = 2000;
const PEOPLE_AT_ONCE = 50;

/** How far a derivation of everything has come; the cursor is null at the begin of a stage. */
interface Progress {
  version: string;
  stage: keyof typeof STAGES | 'done';
  cursor: Cursor | null;
}

interface Cursor {
  at: number;
  id: string;
}

/** One transaction's work of a stage from a cursor on; gives back the next cursor, null at the stage's end. */
type Stage = (writer: Writer, cursor: Cursor | null, context: DeriveContext) => Promise<Cursor | null>;

const STAGES = {
  incidents: nextIncidents,
  unread: unreadIncidents,
  shifts: nextShifts,
} as const satisfies Record<string, Stage>;

const NEXT = { incidents: 'unread', unread: 'shifts', shifts: 'done' } as const;

/** Notes that facts are made under these rules from now on, before the first is; so that a return to earlier rules finds no mixture that passes for whole. */
export async function declareRules(store: Store, settings: FileSettings): Promise<void> {
  const version = rulesVersion(settings);
  if ((await noteOf(store, RULES_NOTE)) === version) return;
  const progress = await lastProgress(store, version);
  await store.transact(async (writer) => {
    await writer.remove('note', sql`"name" = ${RULES_NOTE}`);
    await writeProgress(writer, progress);
  });
}

/**
 * Derives all facts again if they were made under other rules or settings, in transactions of bounded size, each with a
 * note of how far it came: killed, it goes on there. Harvesting may go on at the same time. Throws AppError `store`.
 */
export async function deriveAll(store: Store, context: DeriveContext, signal?: AbortSignal): Promise<void> {
  const version = rulesVersion(context.settings);
  if ((await noteOf(store, RULES_NOTE)) === version) return;
  let progress = await lastProgress(store, version);
  while (progress.stage !== 'done') {
    signal?.throwIfAborted();
    const { stage, cursor } = progress;
    progress = await store.transact(async (writer) => {
      const next = await STAGES[stage](writer, cursor, context);
      const after: Progress = { version, stage: next ? stage : NEXT[stage], cursor: next };
      await writeProgress(writer, after);
      return after;
    });
  }
}

/** Derives a chunk of the incidents in the order of their creation. */
async function nextIncidents(
  writer: Writer,
  cursor: Cursor | null,
  context: DeriveContext,
): Promise<Cursor | null> {
  const after = cursor
    ? sql`WHERE "created_at" > ${instant(cursor.at)} OR ("created_at" = ${instant(cursor.at)} AND "id" > ${cursor.id})`
    : sql``;
  const rows = await writer.read<{ id: string; at: number }>(
    sql`SELECT "id", "created_at" AS "at" FROM "incident" ${after} ORDER BY "created_at", "id" LIMIT ${INCIDENTS_AT_ONCE}`,
  );
  await renew(writer, rows, context);
  return rows.at(-1) ?? null;
}

/** Derives a chunk of the incidents of which there are log entries alone, in the order of their ids. */
async function unreadIncidents(
  writer: Writer,
  cursor: Cursor | null,
  context: DeriveContext,
): Promise<Cursor | null> {
  const rows = await writer.read<{ id: string }>(
    sql`SELECT DISTINCT "incident_id" AS "id" FROM "log_entry" AS "e" WHERE "incident_id" > ${cursor?.id ?? ''} AND NOT EXISTS (SELECT 1 FROM "incident" AS "i" WHERE "i"."id" = "e"."incident_id") ORDER BY 1 LIMIT ${INCIDENTS_AT_ONCE}`,
  );
  await renew(writer, rows, context);
  const last = rows.at(-1);
  return last ? { at: 0, id: last.id } : null;
}

/** Derives the shifts of a chunk of people, in the order of their ids. */
async function nextShifts(
  writer: Writer,
  cursor: Cursor | null,
  { settings, covered }: DeriveContext,
): Promise<Cursor | null> {
  if (!covered) return null;
  const rows = await writer.read<{ id: string }>(
    sql`SELECT "user_id" AS "id" FROM (SELECT "user_id" FROM "on_call" UNION SELECT "user_id" FROM "shift") AS "p" WHERE "user_id" > ${cursor?.id ?? ''} ORDER BY 1 LIMIT ${PEOPLE_AT_ONCE}`,
  );
  const users = rows.map(({ id }) => id);
  await deriveShifts(writer, users, { changed: covered, covered }, rulesOf(settings));
  const last = users.at(-1);
  return last === undefined ? null : { at: 0, id: last };
}

function renew(writer: Writer, rows: readonly { id: string }[], { settings }: DeriveContext): Promise<void> {
  const ids = rows.map(({ id }) => id);
  return deriveIncidents(writer, ids, rulesOf(settings), { renew: true });
}

async function lastProgress(store: Store, version: string): Promise<Progress> {
  const noted = await noteOf(store, PROGRESS_NOTE);
  const progress: Progress | null = noted === null ? null : JSON.parse(noted);
  return progress?.version === version ? progress : { version, stage: 'incidents', cursor: null };
}

async function writeProgress(writer: Writer, progress: Progress): Promise<void> {
  if (progress.stage === 'done') {
    await writer.remove('note', sql`"name" = ${PROGRESS_NOTE}`);
    await writer.put('note', [{ name: RULES_NOTE, value: progress.version, written_at: null }]);
  } else {
    await writer.put('note', [{ name: PROGRESS_NOTE, value: JSON.stringify(progress), written_at: null }]);
  }
}

async function noteOf(reader: Reader, note: string): Promise<string | null> {
  const [row] = await reader.read<{ value: string }>(sql`SELECT "value" FROM "note" WHERE "name" = ${note}`);
  return row?.value ?? null;
}
