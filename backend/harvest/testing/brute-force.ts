import { DAY, HOUR, MINUTE, SECOND } from '../../clock.ts';
import type { RowOf } from '../../model/index.ts';

type Entry = RowOf<'log_entry'>;
type Incident = RowOf<'incident'>;

/** A page in the few columns that depend on other rows. */
export interface PlainPage {
  id: string;
  user_id: string;
  incident_id: string;
  time: number;
  notifications: number;
  interruption: boolean;
  awake_until: number;
}

const WINDOW = 300 * SECOND;
const text = (a: string, b: string) => (a < b ? -1 : 1);
const isUser = (entry: Entry) => entry.agent_type === 'user' || entry.agent_type === 'user_reference';

/** All pages with their bursts, by looking at every row for every person. */
export function plainPages(entries: readonly Entry[]): PlainPage[] {
  const heard = entries
    .filter(({ type, user_id }) => type === 'notify_log_entry' && user_id)
    .filter(({ notification_type }) => notification_type !== 'email_notification')
    .toSorted((a, b) => a.created_at - b.created_at || text(a.id, b.id));
  const pages: PlainPage[] = [];
  for (const entry of heard) {
    const page = pages.findLast((p) => p.user_id === entry.user_id && p.incident_id === entry.incident_id);
    const awake_until = awakeAfter(entry, entries);
    if (page && entry.created_at - page.time <= WINDOW) {
      page.notifications += 1;
      page.awake_until = Math.max(page.awake_until, awake_until);
      continue;
    }
    const { id, incident_id, created_at } = entry;
    pages.push({
      id,
      incident_id,
      user_id: entry.user_id ?? '',
      time: created_at,
      notifications: 1,
      interruption: false,
      awake_until,
    });
  }
  pages.sort((a, b) => a.time - b.time || text(a.incident_id, b.incident_id));
  for (const page of pages) {
    const before = pages.findLast((p) => p.interruption && p.user_id === page.user_id);
    page.interruption = !before || page.time - before.time > WINDOW;
  }
  return pages.sort((a, b) => text(a.id, b.id));
}

/** Milliseconds of nights (`from` to `to`, minutes of the day) in each merged stretch awake, by the page that begins it, counted minute by minute on the wall clock. */
export function plainAwakeAtNight(
  pages: readonly PlainPage[],
  clockOf: (user: string, at: number) => Clock,
): Map<string, number> {
  const sorted = pages.toSorted((a, b) => a.time - b.time || text(a.id, b.id));
  const taken = new Map<string, number>();
  for (const first of sorted) {
    const own = sorted.filter((page) => page.user_id === first.user_id);
    const earlier = own.slice(0, own.indexOf(first));
    if (earlier.some((page) => page.awake_until >= first.time)) continue;
    let end = first.awake_until;
    for (const page of own)
      if (page.time >= first.time && page.time <= end) end = Math.max(end, page.awake_until);
    taken.set(first.id, atNight(first.time, end, clockOf(first.user_id, first.time)));
  }
  return taken;
}

/** What a person's clock follows, and when their night is, minutes of the day. */
interface Clock {
  timeZone: string;
  night: { from: number; to: number };
}

function atNight(from: number, end: number, { timeZone, night }: Clock): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  let length = 0;
  for (let at = from; at < end; ) {
    const next = Math.min(end, (Math.floor(at / MINUTE) + 1) * MINUTE);
    const [hour = 0, minute = 0] = clock.format(at).split(':').map(Number);
    const local = hour * 60 + minute;
    const [begun, over] = [local >= night.from, local < night.to];
    if (night.from < night.to ? begun && over : begun || over) length += next - at;
    at = next;
  }
  return length;
}

function awakeAfter(notification: Entry, entries: readonly Entry[]): number {
  const from = notification.created_at;
  const acts = entries
    .filter((entry) => entry.incident_id === notification.incident_id && entry.type !== 'notify_log_entry')
    .filter((entry) => isUser(entry) && entry.agent_id === notification.user_id)
    .map((entry) => entry.created_at)
    .filter((at) => at >= from && at <= from + 4 * HOUR);
  return (acts.length > 0 ? Math.max(...acts) : from + 10 * MINUTE) + 20 * MINUTE;
}

/** The ids of the incidents that flap among those of one fingerprint, straight from the definition. */
export function plainFlapping(incidents: readonly Incident[]): Set<string> {
  const sorted = incidents.toSorted((a, b) => a.created_at - b.created_at);
  const flapping = new Set<string>();
  for (const { created_at } of sorted) {
    const trailing = (length: number) =>
      sorted.filter((other) => other.created_at > created_at - length && other.created_at <= created_at);
    const hour = trailing(HOUR);
    const day = trailing(DAY);
    if (hour.length >= 3) for (const { id } of hour) flapping.add(id);
    if (day.length >= 5 && median(day.map(openTime)) < 15 * MINUTE)
      for (const { id } of day) flapping.add(id);
  }
  for (const incident of sorted) {
    const follows = sorted.some(
      (other) =>
        flapping.has(other.id) &&
        other.created_at <= incident.created_at &&
        incident.created_at - other.created_at < HOUR,
    );
    if (follows) flapping.add(incident.id);
  }
  return flapping;
}

function openTime({ status, created_at, resolved_at }: Incident): number {
  return status === 'resolved' && resolved_at !== null ? resolved_at - created_at : Number.POSITIVE_INFINITY;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
