import { DAY, HOUR, MINUTE, SECOND } from '../../clock.ts';
import type { RowOf } from '../../model/index.ts';

/** Draws from a seeded stream, the same for the same seed. */
export interface Draw {
  /** A number in [0, 1). */
  number(): number;
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number;
  one<T>(values: readonly T[]): T;
  shuffled<T>(values: readonly T[]): T[];
}

/** A stream of draws (mulberry32). */
export function drawFrom(seed: number): Draw {
  let state = seed;
  const number = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number) => from + Math.floor(number() * (to - from + 1));
  return {
    number,
    whole,
    one: (values) => values[whole(0, values.length - 1)] as (typeof values)[number],
    shuffled: (values) =>
      values
        .map((value) => ({ value, rank: number() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ value }) => value),
  };
}

/** The first instant of the random accounts: the Thursday before the clocks change in Berlin. */
export const BEGIN = Date.parse('2026-03-26T00:00:00Z');

/** People of the random accounts; U5 is in no directory. */
export const USERS = ['U1', 'U2', 'U3', 'U4', 'U5'];

const ZONES = ['Europe/Berlin', 'Australia/Lord_Howe', null, 'Nowhere/Atlantis'];
const TITLES = [
  'Disk 81% full on db-7',
  'Disk 97% full on db-12',
  'Latency high',
  'Latency high at 10:20',
  '[pagebudget] burn',
];
const TYPES = [
  ...Array<string>(8).fill('notify_log_entry'),
  'acknowledge_log_entry',
  'resolve_log_entry',
  'escalate_log_entry',
  'assign_log_entry',
  'annotate_log_entry',
  'urgency_change_log_entry',
  'priority_change_log_entry',
  'trigger_log_entry',
  'something_new_log_entry',
];

/** The zone histories of the people, the second of U1 seen in the middle of the account's time. */
export function randomZones(): RowOf<'user_zone'>[] {
  const first = ZONES.map((time_zone, i) => ({
    user_id: USERS[i] ?? '',
    version: 1,
    time_zone,
    seen_at: BEGIN + DAY,
  }));
  return [...first, { user_id: 'U1', version: 2, time_zone: 'America/New_York', seen_at: BEGIN + 3 * DAY }];
}

/** An incident through its states in time, the last one as it stays. */
export function randomIncident(draw: Draw, n: number): RowOf<'incident'>[] {
  const created_at = BEGIN + draw.whole(0, 5) * DAY + draw.whole(0, 200) * draw.one([SECOND, MINUTE]) * 3;
  const first: RowOf<'incident'> = {
    id: `Q${n}`,
    number: n,
    title: draw.one(TITLES),
    status: 'triggered',
    urgency: draw.one(['high', 'low']),
    priority_id: draw.one([null, 'P1', 'P2']),
    created_at,
    resolved_at: null,
    service_id: draw.one(['S1', 'S2', null]),
    escalation_policy_id: 'E1',
    incident_key: draw.one([null, 'key']),
    alerts: 1,
    merged: false,
    url: null,
    updated_at: null,
    seen_at: null,
  };
  const resolved = {
    ...first,
    status: 'resolved',
    resolved_at: created_at + draw.whole(1, 30) * draw.one([SECOND, MINUTE]) * 10,
    merged: draw.number() < 0.1,
  };
  const states = [first, { ...first, title: draw.one(TITLES), urgency: 'high' }, resolved];
  const reopened = { ...first, title: draw.one(TITLES) };
  return draw.number() < 0.1 ? [...states, reopened] : states.slice(0, draw.whole(1, 3));
}

/** A log entry of an incident, in its first hours or a day later. */
export function randomEntry(draw: Draw, incident: RowOf<'incident'>, n: number): RowOf<'log_entry'> {
  const type = draw.one(TYPES);
  const notify = type === 'notify_log_entry';
  return {
    id: `R${draw.whole(0, 1e9)}-${n}`,
    type,
    created_at:
      incident.created_at +
      draw.whole(0, 40) * draw.one([SECOND, 10 * SECOND, MINUTE]) +
      draw.one([0, 0, 0, DAY]),
    incident_id: incident.id,
    service_id: incident.service_id,
    agent_type: draw.one([null, 'user_reference', 'user', 'service_reference', 'bot_user_reference']),
    agent_id: draw.one(USERS),
    user_id: notify ? draw.one([...USERS, null]) : null,
    channel_type: draw.one(['auto', 'timeout', 'website']),
    notification_type: notify
      ? draw.one(['sms_notification', 'email_notification', 'push_notification', null])
      : null,
    duration: null,
    note:
      type === 'annotate_log_entry'
        ? draw.one(['looked', 'was #threshold', '#service-issue', '#duplicate'])
        : null,
    old_priority: type === 'priority_change_log_entry' ? draw.one(['P1', 'Second', null]) : null,
    incident_key: type === 'trigger_log_entry' ? draw.one([null, 'disk-7', 'disk-9']) : null,
    runbook: null,
    links: null,
  };
}

/** An on-call row: an entry of a schedule, or a permanent one of a direct target. */
export function randomOnCall(draw: Draw, n: number): RowOf<'on_call'> {
  const direct = draw.number() < 0.15;
  const start = BEGIN + draw.whole(-4, 20) * 6 * HOUR + draw.whole(0, 3) * 20 * MINUTE;
  return {
    id: `O${n}`,
    user_id: draw.one(USERS),
    escalation_policy_id: draw.one(['E1', 'E2']),
    schedule_id: direct ? null : draw.one(['C1', 'C2']),
    level: draw.one([1, 1, 1, 2]),
    start: direct ? null : start,
    end: direct ? draw.one([null, start]) : start + draw.whole(1, 10) * 5 * HOUR,
  };
}
