import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, startOddServer } from '../pagerduty/odd-server.fixture.ts';

/** A row as PagerDuty sends it. */
export type Raw = Record<string, unknown> & { id?: string };

/** An account of few rows that a test sets up by hand, changes while it is read, and lets fail. */
export interface TinyAccount {
  lists: Record<string, Raw[]>;
  /** Members of teams by team id. */
  members: Record<string, Raw[]>;
  /** Status to answer with instead, by path. */
  refuse: Map<string, number>;
  /** A status to answer one question with instead; null to answer it. */
  refuseIf: (url: URL) => number | null;
  /** What the page of a list waits for once it is made; at once where this is null. */
  holdIf: (url: URL) => Promise<void> | null;
  /** Whether a page is cut from the list in reversed order. */
  reverseIf: (url: URL) => boolean;
  /** PagerDuty's clock, epoch ms. */
  now: number;
  /** Most rows that one span of log entries may hold before the list counts as too long. */
  cap: number;
  /** What the header x-simulated says; null for none. */
  simulation: string | null;
  /** Paths with query, in the order asked. */
  asked: string[];
}

/** An instant some minutes after the account's beginning, as PagerDuty writes it. */
export function at(minutes: number): string {
  return `${new Date(BEGIN + minutes * 60_000).toISOString().slice(0, 19)}Z`;
}

/** The first instant of the tiny account's incidents. */
export const BEGIN = Date.parse('2026-11-10T00:00:00Z');

/** A reference to a thing. */
export const ref = (type: string, id: string, summary: string = id) => ({
  id,
  type: `${type}_reference`,
  summary,
});

/** A thing of the directory with its link. */
export const thing = (type: string, id: string, more: Raw = {}): Raw => ({
  id,
  type,
  name: `${id}'s name`,
  summary: `${id}'s name`,
  html_url: `https://tiny.pagerduty.com/${type}s/${id}`,
  ...more,
});

/** An incident of service S1. */
export const incident = (number: number, minutes: number, more: Raw = {}): Raw => ({
  id: `Q${number}`,
  type: 'incident',
  incident_number: number,
  title: `Alarm ${number}`,
  status: 'resolved',
  urgency: 'high',
  created_at: at(minutes),
  resolved_at: at(minutes + 10),
  service: ref('service', 'S1'),
  escalation_policy: ref('escalation_policy', 'E1'),
  teams: [ref('team', 'T1')],
  html_url: `https://tiny.pagerduty.com/incidents/Q${number}`,
  ...more,
});

/** A log entry of an incident. */
export const entry = (
  id: string,
  type: string,
  minutes: number,
  incidentId: string,
  more: Raw = {},
): Raw => ({
  id,
  type: `${type}_log_entry`,
  created_at: at(minutes),
  agent: ref('service', 'S1'),
  incident: ref('incident', incidentId),
  service: ref('service', 'S1'),
  teams: [ref('team', 'T1')],
  channel: { type: 'auto' },
  ...more,
});

/** A push notification to a person. */
export const notify = (id: string, minutes: number, incidentId: string, userId: string): Raw =>
  entry(id, 'notify', minutes, incidentId, {
    user: ref('user', userId),
    channel: { type: 'auto', notification: { type: 'push_notification' } },
  });

/** An account with two people, a service and `incidents` incidents, an hour apart, of three entries each. */
export function tinyAccount(incidents: number): TinyAccount {
  const numbers = Array.from({ length: incidents }, (_, i) => i + 1);
  return {
    lists: {
      users: [
        thing('user', 'U1', { email: 'u1@example.com', time_zone: 'Asia/Kathmandu' }),
        thing('user', 'U2', { email: 'u2@example.com', time_zone: null }),
      ],
      teams: [thing('team', 'T1')],
      escalation_policies: [thing('escalation_policy', 'E1', { teams: [ref('team', 'T1')] })],
      services: [
        thing('service', 'S1', {
          escalation_policy: ref('escalation_policy', 'E1'),
          teams: [ref('team', 'T1')],
        }),
      ],
      schedules: [thing('schedule', 'C1', { time_zone: 'UTC' })],
      priorities: [thing('priority', 'P1'), thing('priority', 'P2')],
      oncalls: [
        {
          user: ref('user', 'U1'),
          escalation_policy: ref('escalation_policy', 'E1'),
          schedule: null,
          escalation_level: 1,
          start: null,
          end: null,
        },
        {
          user: ref('user', 'U2'),
          escalation_policy: ref('escalation_policy', 'E1'),
          schedule: ref('schedule', 'C1'),
          escalation_level: 2,
          start: at(0),
          end: at(7 * 24 * 60),
        },
      ],
      incidents: numbers.map((n) => incident(n, n * 60)),
      log_entries: numbers.flatMap((n) => [
        entry(`L${n}a`, 'trigger', n * 60, `Q${n}`),
        notify(`L${n}b`, n * 60 + 1, `Q${n}`, n % 2 ? 'U1' : 'U2'),
        entry(`L${n}c`, 'resolve', n * 60 + 10, `Q${n}`),
      ]),
    },
    members: { T1: [{ user: ref('user', 'U1'), role: 'manager' }] },
    refuse: new Map(),
    refuseIf: () => null,
    holdIf: () => null,
    reverseIf: () => false,
    now: BEGIN + 10 * 86_400_000,
    cap: 10_000,
    simulation: null,
    asked: [],
  };
}

/** Serves the account; stop it with `close`. */
export function startTinyAccount(account: TinyAccount): ReturnType<typeof startOddServer> {
  return startOddServer(({ url, request }, response) => answer(account, url, request, response));
}

async function answer(
  account: TinyAccount,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  account.asked.push(`${url.pathname}${url.search}`);
  const headers = {
    date: new Date(account.now).toUTCString(),
    ...(account.simulation && { 'x-simulated': account.simulation }),
  };
  const refused =
    request.headers.authorization === 'Token token=a-secret-key'
      ? (account.refuse.get(url.pathname) ?? account.refuseIf(url))
      : 401;
  if (refused) return json(response, { error: { code: refused, message: 'Refused' } }, refused, headers);
  const [, list = '', id, part] = url.pathname.replace('/v3/', '/v3_').split('/');
  if (list === 'abilities') return json(response, { abilities: ['teams'] }, 200, headers);
  if (part === 'members')
    return json(response, { members: account.members[id ?? ''] ?? [], more: false }, 200, headers);
  if (list === 'v3_schedules') return sendShiftBased(account, id, response, headers);
  if (id) return sendIncident(account, id, response, headers);
  const rows = (account.lists[list] ?? [])
    .filter((row) => isAsked(row, list, url))
    .map((row) => included(account, row, url));
  if (account.reverseIf(url)) rows.reverse();
  const offset = Number(url.searchParams.get('offset'));
  const page = rows.slice(offset, offset + 100);
  const total = rows.length > account.cap ? 10_001 : rows.length;
  const body = { [list]: page, more: offset + 100 < rows.length, total };
  await account.holdIf(url);
  json(response, body, 200, headers);
}

/** Shift-based schedules: the list names none of them, each alone has a name. */
function sendShiftBased(
  account: TinyAccount,
  id: string | undefined,
  response: ServerResponse,
  headers: Record<string, string>,
): void {
  const rows = account.lists.v3_schedules;
  const found = rows?.find((row) => row.id === id);
  if (rows && id === undefined) {
    const schedules = rows.map((row) => ({ id: row.id, type: 'schedule_v3_reference' }));
    json(response, { schedules, more: false }, 200, headers);
  } else if (found) json(response, { schedule: found }, 200, headers);
  else json(response, { error: { code: 2100, message: 'Not Found' } }, 404, headers);
}

/** An incident by its id, or by its number as PagerDuty counts them: in the order of their creation from 1. */
function sendIncident(
  account: TinyAccount,
  id: string,
  response: ServerResponse,
  headers: Record<string, string>,
): void {
  const incidents = account.lists.incidents ?? [];
  const found =
    incidents.find((row) => row.id === id) ??
    incidents.toSorted((a, b) => String(a.created_at).localeCompare(String(b.created_at)))[Number(id) - 1];
  if (found) json(response, { incident: found }, 200, headers);
  else json(response, { error: { code: 2100, message: 'Not Found' } }, 404, headers);
}

function isAsked(row: Raw, list: string, url: URL): boolean {
  const statuses = url.searchParams.getAll('statuses[]');
  if (statuses.length > 0 && !statuses.includes(String(row.status))) return false;
  const services = url.searchParams.getAll('service_ids[]');
  if (services.length > 0 && !services.includes((row.service as Raw).id ?? '')) return false;
  const [since, until] = ['since', 'until'].map((name) => Date.parse(url.searchParams.get(name) ?? ''));
  if (since === undefined || until === undefined || Number.isNaN(since)) return true;
  const [from, to] =
    list === 'oncalls' ? [row.start ?? at(-1e6), row.end ?? at(1e6)] : [row.created_at, row.created_at];
  if (Number.isNaN(Date.parse(String(from)))) return true;
  return Date.parse(String(from)) <= until && Date.parse(String(to)) >= since;
}

/** With include[]=incidents the reference in a log entry becomes the incident, unless that is gone. */
function included(account: TinyAccount, row: Raw, url: URL): Raw {
  const referred = row.incident as Raw | undefined;
  if (!referred || !url.searchParams.getAll('include[]').includes('incidents')) return row;
  return { ...row, incident: account.lists.incidents?.find((other) => other.id === referred.id) ?? referred };
}
