import { HOUR, MINUTE } from '../clock.ts';
import type { RowOf } from '../model/index.ts';
import { isIn, name, sql, whole } from '../sql/statement.ts';
import type { Crew } from './crew.ts';
import type { Directory } from './directory.ts';
import { readSingly } from './incidents.ts';
import { beginOf } from './ledger.ts';
import { hasOlderIncidents } from './older-incidents.ts';
import { LATEST, type Window, waiting } from './plan.ts';

/** Things whose own incidents, entries or on-call time no list tells while the key may not see them, with the streams that list them. */
const OWNERS = {
  team: ['teams'],
  service: ['services'],
  escalation_policy: ['escalation_policies'],
  schedule: ['schedules', 'schedules_v3'],
} as const;

/** The streams that list them. */
export const OWNER_STREAMS = Object.values(OWNERS).flat();

/** How far the clock by which readings are dated may be off. */
const UNSURE = MINUTE;

/** A store of an older version does not tell since when a thing had been hidden: the directory is read every hour, and it was missed twice. */
const BEFORE_DELETED = 4 * HOUR;

/**
 * The windows to be read again because the directory lists things that were hidden while they were read: things that had
 * vanished from the lists and are back, and services that are new here although they have older incidents. Windows whose
 * reading is under way are among them, as they may be written before this, and are marked in the crew, as they may be
 * written after it. Incidents that were refused are read at once.
 */
export async function windowsInDoubt(crew: Crew, directory: Directory): Promise<Window[]> {
  const { ledger, log } = crew;
  const { firstStart } = ledger;
  const since = await hiddenSince(crew, directory);
  if (since === null || firstStart === null) return [];
  const from = since - UNSURE;
  await readRefused(crew);
  const again = [...ledger.windows].flatMap(([key, window]) => {
    const { state, done_at } = window;
    const isDone = state === 'done' && (done_at ?? from) >= from;
    return isDone || crew.underWay.has(key) ? [window] : [];
  });
  for (const key of crew.underWay.keys()) crew.inDoubt.add(key);
  log.warn(
    { windows: again.length },
    'Things that PagerDuty had hidden are listed: what was read meanwhile is read again.',
  );
  return [
    ...again.map((window): Window => ({ ...window, state: 'waiting' })),
    ...readByFeed(crew, Math.max(firstStart, from)),
  ];
}

/** Tries incidents again that were refused, as those of a team are while it is private. */
async function readRefused(crew: Crew): Promise<void> {
  const rows = await crew.store.read<{ id: string }>(
    sql`SELECT "incident_id" AS "id" FROM "unreadable_incident" WHERE "status" = ${whole(403)} ORDER BY 1`,
  );
  await readSingly(
    crew,
    rows.map(({ id }) => id),
  );
}

/** What the feed and its like have read since an instant; of entries a day more, as they may have become visible since then. */
function readByFeed({ ledger, source }: Crew, start: number): Window[] {
  const end = Math.floor(source.client.serverNow() / 1000) * 1000;
  const firstEntry = Math.max(start - LATEST, beginOf(ledger, 'log_entries') ?? start);
  return [
    waiting('incidents', { start, end }),
    waiting('log_entries', { start: firstEntry, end }),
    waiting('on_call', { start, end }),
  ].filter((window) => window.start < window.end);
}

/** Since when something had been hidden that is listed now; -Infinity where nobody knows, null where nothing was. */
async function hiddenSince(crew: Crew, directory: Directory): Promise<number | null> {
  const times: number[] = [];
  for (const [table, streams] of Object.entries(OWNERS)) {
    const ids = streams.flatMap((stream) => (rowsOf(directory, stream, table) ?? []).map(({ id }) => id));
    times.push(...(await vanished(crew, table, ids)));
  }
  if (await hasOlderIncidents(crew, directory)) times.push(Number.NEGATIVE_INFINITY);
  return times.length === 0 ? null : Math.min(...times);
}

function rowsOf(directory: Directory, stream: (typeof OWNERS)[keyof typeof OWNERS][number], table: string) {
  const rows = directory.get(stream)?.reading.rows as
    | Record<string, RowOf<'service'>[] | undefined>
    | undefined;
  return rows?.[table];
}

/** Since when each of the things had been hidden, of those that had been. */
async function vanished({ store }: Crew, table: string, ids: readonly string[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await store.read<{ lacking_from: number | null; missed_at: number }>(
    sql`SELECT "m"."lacking_from", coalesce("m"."seen_at", "t"."deleted_at") AS "missed_at" FROM ${name(table)} AS "t" LEFT JOIN "missing_thing" AS "m" ON "m"."table" = ${table} AND "m"."id" = "t"."id" WHERE ("m"."id" IS NOT NULL OR (NOT "t"."listed" AND "t"."deleted_at" IS NOT NULL)) AND ${isIn(sql`"t"."id"`, ids)}`,
  );
  return rows.map(({ lacking_from, missed_at }) => lacking_from ?? missed_at - BEFORE_DELETED);
}
