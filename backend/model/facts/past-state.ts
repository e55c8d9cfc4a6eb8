import { kindOf, type LogEntry } from './entries.ts';

const OPPOSITE: Readonly<Record<string, string>> = { high: 'low', low: 'high' };

/** The urgency at an instant: back from the present one, flipped at each change later than the instant. */
export function urgencyAt(at: number, present: string, entries: readonly LogEntry[]): string {
  const later = entries.filter((entry) => kindOf(entry) === 'change_urgency' && entry.created_at > at);
  return later.length % 2 === 0 ? present : (OPPOSITE[present] ?? present);
}

/** The priority at an instant: the old value of the first change later than it, else the present one (entries in order). */
export function priorityAt(at: number, present: string | null, entries: readonly LogEntry[]): string | null {
  const next = entries.find((entry) => kindOf(entry) === 'change_priority' && entry.created_at > at);
  return next ? next.old_priority : present;
}
