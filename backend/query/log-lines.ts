import { byUser, kindOf, type LogEntry } from '../model/facts/entries.ts';
import { meansOf } from '../model/facts/notifications.ts';

/** What a log line is told from. */
export interface LogLine extends LogEntry {
  /** Null for an incident that cannot be read. */
  number: number | null;
  title: string | null;
  urgency: string | null;
  /** Who did it, by name; null where nobody or something else did. */
  agent: string | null;
  /** Who was notified, by name. */
  notified: string | null;
}

type Level = 'error' | 'warning' | 'info';

/** Steps in which an incident wants somebody. */
const ALARMING =
  /^(trigger|unacknowledge|escalate|repeat_escalation_path|exhaust_escalation_path|reach_ack_limit|reach_trigger_limit)_/;

/** How loud a line is: steps that want somebody are errors of high urgency and warnings of low; a notification of high urgency is a warning. */
export function levelOf({ type, urgency }: Pick<LogLine, 'type' | 'urgency'>): Level {
  if (ALARMING.test(type)) return urgency === 'low' ? 'warning' : 'error';
  return type === 'notify_log_entry' && urgency !== 'low' ? 'warning' : 'info';
}

/** A log entry as one sentence. */
export function sentenceOf(line: LogLine): string {
  const incident = line.number === null ? line.incident_id : `#${line.number} ${line.title ?? ''}`.trim();
  const agent = line.agent === null ? '' : ` by ${line.agent}`;
  return `${incident}: ${wordsOf(line)}${agent}`;
}

/** The sentence without names and without what people wrote. */
export function sentenceWithoutPeople(line: LogLine): string {
  const somebody = line.notified === null ? null : 'somebody';
  return sentenceOf({ ...line, agent: null, notified: somebody, note: null });
}

/** The people whom the sentence tells of, ids joined by commas; null where of none. A note that no person wrote may name anybody. */
export function peopleIn(line: LogEntry): string | null {
  const agent = byUser(line) ? line.agent_id : null;
  const anybody = line.note !== null && agent === null ? 'anybody' : null;
  const people = new Set([agent, line.user_id, anybody].filter((id) => id !== null));
  return people.size === 0 ? null : [...people].join(', ');
}

const WORDS = {
  trigger: () => 'triggered',
  acknowledge: () => 'acknowledged',
  resolve: ({ channel_type }) => (channel_type === 'timeout' ? 'resolved by timeout' : 'resolved'),
  notify: (line) => `${line.notified ?? 'nobody'} notified, means ${meansOf(line)}`,
  assign: () => 'assigned anew',
  escalate: ({ channel_type }) => (channel_type === 'timeout' ? 'escalated by timeout' : 'escalated'),
  snooze: ({ duration }) => (duration === null ? 'snoozed' : `snoozed for ${Math.round(duration / 60)} min`),
  annotate: ({ note }) => (note === null ? 'noted' : `note "${note}"`),
  change_urgency: () => 'urgency changed',
  change_priority: () => 'priority changed',
} as const satisfies Partial<Record<ReturnType<typeof kindOf>, (line: LogLine) => string>>;

function wordsOf(line: LogLine): string {
  const words: Partial<Record<string, (line: LogLine) => string>> = WORDS;
  return words[kindOf(line)]?.(line) ?? line.type.replace(/_log_entry$/, '').replaceAll('_', ' ');
}
