import { zoneOf } from '../calendar/zone.ts';
import { DAY, HOUR } from '../clock.ts';
import { instant, sql, whole } from '../sql/statement.ts';
import type { Crew } from './crew.ts';
import { fetchSpan, inPieces } from './fetch.ts';
import { fetchReferred, readSingly } from './incidents.ts';
import { beginOf, type Ledger } from './ledger.ts';
import { readOnCalls } from './on-calls.ts';
import { LOOK_BACK, nextLook, type Span, spansOf, type Window } from './plan.ts';
import { beyondReach, mended } from './too-long.ts';

/** Incidents that could not be read, of which so many are tried again in one night. */
const TRIED_AGAIN = 500;

/**
 * Reads once more, in the account's night, what may have changed or become visible since: log entries that were last
 * read within a day of their time, a month of incidents, of on-call time, and incidents and windows that could not be read.
 * Broken off, it goes on where it was.
 */
export async function lookAgain(crew: Crew): Promise<void> {
  const { ledger, commit, source, config, log } = crew;
  const now = source.client.serverNow();
  const last = ledger.secondLook ?? now;
  const begun = ledger.lookBegun ?? last;
  const unfinished = begun > last && now - begun < DAY;
  const due = now >= nextLook(last, zoneOf(config.timeZone ?? 'UTC'));
  if (!unfinished && (!due || now - (ledger.watermark ?? 0) > HOUR)) return;
  const at = unfinished ? begun : now;
  const steps = stepsOf(crew, at);
  for (const [number, step] of steps.entries()) {
    if (unfinished && number < (ledger.lookSteps ?? 0)) continue;
    await step();
    await commit({ notes: { lookBegun: at, lookSteps: number + 1 } });
  }
  const windows = refusedWindows(ledger);
  await commit({ windows, notes: { secondLook: at, sureUntil: at - DAY } });
  log.info({ at: new Date(at).toISOString(), windows: windows.length }, 'second look done');
}

/** Windows that PagerDuty refused, to be asked for once more. */
function refusedWindows({ windows }: Ledger): Window[] {
  return [...windows.values()]
    .filter(({ state }) => state === 'failed')
    .map((window) => ({ ...window, state: 'waiting', reason: null }));
}

/** What is done in a look at an instant, step by step. */
function stepsOf(crew: Crew, at: number): (() => Promise<void>)[] {
  const entries = { start: Math.min(at - LOOK_BACK.log_entries, crew.ledger.sureUntil ?? at), end: at };
  const begin = beginOf(crew.ledger, 'incidents') ?? Number.NEGATIVE_INFINITY;
  const incidents = { start: Math.max(at - LOOK_BACK.incidents, begin), end: at };
  return [
    () => tryUnreadable(crew),
    () => readOnCalls(crew, { start: at - LOOK_BACK.on_call, end: at }, at),
    ...spansOf(incidents, 10 * DAY).map((span) => () => incidentsAgain(crew, span)),
    ...spansOf(entries, DAY).map((span) => () => entriesAgain(crew, span)),
  ];
}

async function tryUnreadable(crew: Crew): Promise<void> {
  const rows = await crew.store.read<{ id: string }>(
    sql`SELECT "incident_id" AS "id" FROM "unreadable_incident" ORDER BY "seen_at", 1 LIMIT ${whole(TRIED_AGAIN)}`,
  );
  await readSingly(
    crew,
    rows.map(({ id }) => id),
  );
}

async function entriesAgain(crew: Crew, span: Span): Promise<void> {
  const { source, store, ledger, commit } = crew;
  const work = async (piece: Span) => {
    const { reading } = await fetchSpan(source, 'log_entries', piece);
    const refused = await fetchReferred(source, store, reading, ['unreadable_incident']);
    await commit({ reading, refused, windows: mended(ledger, 'log_entries', piece) });
  };
  await inPieces(span, work, beyondReach(crew, 'log_entries'));
}

/** Reads the incidents of a span, and singly those that are stored and not in the list: moved out of sight, or deleted. */
async function incidentsAgain(crew: Crew, span: Span): Promise<void> {
  const { source, store, ledger, commit } = crew;
  const work = async (piece: Span) => {
    const { reading } = await fetchSpan(source, 'incidents', piece);
    await commit({ reading, windows: mended(ledger, 'incidents', piece) });
    const stored = await store.read<{ id: string }>(
      sql`SELECT "id" FROM "incident" WHERE "created_at" >= ${instant(piece.start)} AND "created_at" < ${instant(piece.end)}`,
    );
    await readSingly(
      crew,
      stored.map(({ id }) => id).filter((id) => !reading.incidents.has(id)),
    );
  };
  await inPieces(span, work, beyondReach(crew, 'incidents'));
}
