import type { RowOf } from '../index.ts';
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

/** Urgency and priority of an incident at an instant; null for one that cannot be read. */
export function stateAt(
  at: number,
  incident: RowOf<'incident'> | null,
  entries: readonly LogEntry[],
  priorityOf: (text: string) => string,
): { urgency: string | null; priority_id: string | null } {
  if (!incident) return { urgency: null, priority_id: null };
  const priority = priorityAt(at, incident.priority_id, entries);
  return {
    urgency: urgencyAt(at, incident.urgency, entries),
    priority_id: priority === null ? null : priorityOf(priority),
  };
}
