import { setTimeout as sleep } from 'node:timers/promises';
import { type Backend, rowsOf } from './backend.ts';
import type { Simulated } from './simulated.ts';

/** An event of a live account that an answer showed. */
export interface Seen {
  kind: Kind;
  /** From the instant at which it happened to the answer that showed it. */
  seconds: number;
}

interface Happened {
  id: string;
  kind: Kind;
  at: number;
  incident: string;
}

interface RawEntry {
  id: string;
  type: string;
  created_at: string;
  agent: { type: string } | null;
  incident: { id: string };
  channel?: { notification?: { type?: string } } | null;
}

type Row = Record<string, unknown>;

/** The kinds of event: which log entry tells one, and which cell of the incident's row shows it. */
const KINDS = {
  incident: { tells: ({ type }) => type === 'trigger_log_entry', shows: () => true },
  page: {
    tells: ({ type, channel }) =>
      type === 'notify_log_entry' && channel?.notification?.type !== 'email_notification',
    shows: ({ pages }) => Number(pages) > 0,
  },
  acknowledgement: {
    tells: ({ type, agent }) => type === 'acknowledge_log_entry' && (agent?.type ?? '').startsWith('user'),
    shows: ({ time_to_acknowledge }) => time_to_acknowledge !== null,
  },
  resolution: {
    tells: ({ type }) => type === 'resolve_log_entry',
    shows: ({ status }) => status === 'resolved',
  },
} as const satisfies Record<string, { tells(entry: RawEntry): boolean; shows(row: Row): boolean }>;

type Kind = keyof typeof KINDS;

const EVERY = 1000;
const DAY = 86_400_000;

/** Watches a live account and its backend until so many events were in an answer of POST /query; throws where one is still missing after `withinMs`. */
export async function measureFreshness(
  account: Simulated,
  backend: Backend,
  events: number,
  withinMs: number,
): Promise<Seen[]> {
  const begin = Date.now();
  const met = new Set<string>();
  const pending = new Map<string, Happened>();
  const seen: Seen[] = [];
  while (seen.length < events) {
    for (const event of await eventsSince(account, begin)) {
      const first = `${event.kind} ${event.incident}`;
      if (!met.has(first)) pending.set(first, event);
      met.add(first);
    }
    const rows = await incidentsShown(backend, begin);
    const now = Date.now();
    for (const [first, { kind, incident, at }] of pending) {
      const row = rows.get(incident);
      if (row && KINDS[kind].shows(row)) {
        pending.delete(first);
        seen.push({ kind, seconds: (now - at) / 1000 });
      } else if (now - at > withinMs) {
        throw new Error(
          `The ${kind} of ${incident} is in no answer ${Math.round((now - at) / 1000)} s after it happened.`,
        );
      }
    }
    await sleep(EVERY);
  }
  return seen;
}

async function eventsSince({ url, token }: Simulated, begin: number): Promise<Happened[]> {
  const query = new URLSearchParams([
    ['since', new Date(begin).toISOString()],
    ['until', new Date(Date.now() + DAY).toISOString()],
    ['limit', '100'],
    ['include[]', 'channels'],
  ]);
  const headers = {
    Authorization: `Token token=${token}`,
    Accept: 'application/vnd.pagerduty+json;version=2',
  };
  const response = await fetch(`${url}/log_entries?${query}`, { headers });
  if (!response.ok) return [];
  const { log_entries } = (await response.json()) as { log_entries: RawEntry[] };
  return log_entries.toReversed().flatMap((entry) => {
    const kind = (Object.keys(KINDS) as Kind[]).find((one) => KINDS[one].tells(entry));
    const at = Date.parse(entry.created_at);
    return kind && at >= begin ? [{ id: entry.id, kind, at, incident: entry.incident.id }] : [];
  });
}

async function incidentsShown(backend: Backend, begin: number): Promise<Map<string, Row>> {
  const range = {
    from: new Date(begin - 2 * DAY).toISOString(),
    to: new Date(Date.now() + DAY).toISOString(),
  };
  const rows = rowsOf(await backend.ask({ queryType: 'incidents', range, limit: 1000 }));
  return new Map(rows.map((row) => [String(row.id), row]));
}
