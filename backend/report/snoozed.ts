import { SECOND } from '../clock.ts';
import type { Answered } from './ask.ts';

/** PagerDuty's entry types that end a snooze, or begin one. */
const TURNS = new Set([
  'snooze_log_entry',
  'unacknowledge_log_entry',
  'acknowledge_log_entry',
  'resolve_log_entry',
]);

/** Until when (epoch ms) each incident is snoozed at the instant `at`, by its id, from rows of a log_entries answer in any order. */
export function snoozedAt(entries: readonly Answered[], at: number): Map<string, number> {
  const last = new Map<string, Answered>();
  for (const entry of entries) {
    if (!TURNS.has(String(entry.type)) || Number(entry.time) > at) continue;
    const incident = String(entry.incident_id);
    const known = last.get(incident);
    if (!known || Number(entry.time) > Number(known.time)) last.set(incident, entry);
  }
  const until = [...last].flatMap(([incident, { type, time, duration }]) =>
    type === 'snooze_log_entry' && typeof duration === 'number'
      ? [[incident, Number(time) + duration * SECOND] as const]
      : [],
  );
  return new Map(until.filter(([, end]) => end > at));
}
