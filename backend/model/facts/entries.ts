import type { RowOf } from '../index.ts';

/** A step of an incident, as the store keeps it. */
export type LogEntry = RowOf<'log_entry'>;

/** What a log entry tells, as far as a rule asks for it; every other type is `other`. */
export type EntryKind = (typeof KIND_OF)[keyof typeof KIND_OF] | 'request_responder' | 'other';

const KIND_OF = {
  trigger_log_entry: 'trigger',
  notify_log_entry: 'notify',
  acknowledge_log_entry: 'acknowledge',
  acknowledgement_log_entry: 'acknowledge',
  snooze_log_entry: 'snooze',
  resolve_log_entry: 'resolve',
  escalate_log_entry: 'escalate',
  assign_log_entry: 'assign',
  reassign_log_entry: 'assign',
  delegate_log_entry: 'assign',
  annotate_log_entry: 'annotate',
  urgency_change_log_entry: 'change_urgency',
  priority_change_log_entry: 'change_priority',
} as const;

/** Kinds of agent that are people. */
export const USER_AGENTS: ReadonlySet<string | null> = new Set(['user', 'user_reference']);

/** The kind of a log entry; types that nobody documented are `other`, requests for a responder come in several types. */
export function kindOf(entry: LogEntry): EntryKind {
  const kind = (KIND_OF as Record<string, EntryKind>)[entry.type];
  return kind ?? (entry.type.startsWith('responder_request') ? 'request_responder' : 'other');
}

/** True where a person did it; bots, services, integrations and a missing agent are not users. */
export function byUser(entry: LogEntry): boolean {
  return USER_AGENTS.has(entry.agent_type);
}

/** Order by time, ties of one second by id compared as strings. */
export function inOrder(entries: readonly LogEntry[]): LogEntry[] {
  return entries.toSorted((a, b) => a.created_at - b.created_at || compareText(a.id, b.id));
}

/** Compares two texts by their code units, the same everywhere whatever the locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
