import { AppError } from '../errors.ts';
import {
  KNOWN_AGENTS,
  KNOWN_CHANNELS,
  KNOWN_NOTIFICATIONS,
  KNOWN_TYPES,
} from '../pagerduty/endpoints/log-entries.ts';
import { isIn, name, sql, whole } from '../sql/statement.ts';
import type { Reader } from '../store/store.ts';
import type { Crew } from './crew.ts';

/** Columns whose values PagerDuty may add to; rows with any other value than those known are kept and counted. */
const OPEN_VALUES = [
  { table: 'log_entry', column: 'type', known: KNOWN_TYPES, words: 'entries of unknown types' },
  { table: 'log_entry', column: 'agent_type', known: KNOWN_AGENTS, words: 'entries of unknown agents' },
  { table: 'log_entry', column: 'channel_type', known: KNOWN_CHANNELS, words: 'entries of unknown channels' },
  {
    table: 'log_entry',
    column: 'notification_type',
    known: KNOWN_NOTIFICATIONS,
    words: 'notifications by unknown means',
  },
  {
    table: 'incident',
    column: 'status',
    known: ['triggered', 'acknowledged', 'resolved'],
    words: 'incidents of unknown status',
  },
  { table: 'incident', column: 'urgency', known: ['high', 'low'], words: 'incidents of unknown urgency' },
] as const;

type OpenValue = (typeof OPEN_VALUES)[number];

const STREAM_OF = { log_entry: 'log_entries', incident: 'incidents' } as const;

/** Values that are named one by one; the rest are counted together. */
const NAMED = 10;

/** The name under which it is noted that incidents are hidden. */
const HIDDEN = 'hidden_incidents';

/** Counts what the rows hold that figures cannot use as it is, and what they lack of incidents, for coverage to say. */
export async function summarise({ store, remarks, commit, faults, clock }: Crew): Promise<void> {
  const sentences: { stream: string; text: string | null }[] = [];
  for (const open of OPEN_VALUES) {
    sentences.push({ stream: STREAM_OF[open.table], text: await unknownValues(store, open) });
  }
  sentences.push({ stream: 'log_entries', text: await pagesToNobody(store) });
  const hidden = await hiddenOnes(store);
  if (hidden === null) faults.clear(HIDDEN, 'incidents');
  else faults.set(HIDDEN, 'incidents', new AppError('upstream', hidden), clock.now());
  sentences.push({ stream: 'incidents', text: hidden }, { stream: 'incidents', text: await goneOnes(store) });
  const texts = new Map(
    [...Map.groupBy(sentences, ({ stream }) => stream)].map(([stream, said]) => [
      stream,
      said.flatMap(({ text }) => text ?? []).join(' '),
    ]),
  );
  if ([...texts].every(([stream, text]) => (remarks.get(stream) ?? '') === text)) return;
  for (const [stream, text] of texts) remarks.set(stream, text);
  await commit({});
}

async function unknownValues(
  reader: Reader,
  { table, column, known, words }: OpenValue,
): Promise<string | null> {
  const value = name(column);
  const rows = await reader.read<{ value: string; count: number }>(
    sql`SELECT ${value} AS "value", count(*) AS "count" FROM ${name(table)} WHERE ${value} IS NOT NULL AND NOT ${isIn(value, known)} GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  if (rows.length === 0) return null;
  const rest = rows.slice(NAMED).reduce((sum, row) => sum + row.count, 0);
  const counts = rows.slice(0, NAMED).map((row) => `${row.count} ${row.value}`);
  return `Kept ${words}: ${[...counts, ...(rest > 0 ? [`${rest} of others`] : [])].join(', ')}.`;
}

async function pagesToNobody(reader: Reader): Promise<string | null> {
  const count = await countOf(
    reader,
    sql`SELECT count(*) AS "count" FROM "log_entry" WHERE "type" = 'notify_log_entry' AND "user_id" IS NULL`,
  );
  return count > 0 ? `${count} notifications name no person and make no page.` : null;
}

/** Incidents that exist and are hidden, which figures lack. */
async function hiddenOnes(reader: Reader): Promise<string | null> {
  const count = await refusedWith(reader, 403);
  return count > 0
    ? `${count} incidents may not be read (403): their notifications, teams and services are kept, all else of them is missing. Give the key's user access to them; they are asked for again every night.`
    : null;
}

/** Incidents that PagerDuty itself does not have. */
async function goneOnes(reader: Reader): Promise<string | null> {
  const count = await refusedWith(reader, 404);
  return count > 0
    ? `${count} incidents that log entries tell of are gone (404): their notifications, teams and services are kept.`
    : null;
}

function refusedWith(reader: Reader, status: number): Promise<number> {
  return countOf(
    reader,
    sql`SELECT count(*) AS "count" FROM "unreadable_incident" WHERE "status" = ${whole(status)}`,
  );
}

async function countOf(reader: Reader, statement: Parameters<Reader['read']>[0]): Promise<number> {
  const [row] = await reader.read<{ count: number }>(statement);
  return row?.count ?? 0;
}
