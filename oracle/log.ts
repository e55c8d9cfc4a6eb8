import type { RawLogEntry, Reference } from './account.ts';

/** A log entry with its time in epoch milliseconds. */
export interface Entry extends RawLogEntry {
  time: number;
}

/** Compares strings by code unit, as ids are compared. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Log entries in order of time, those of one second by id. */
export function inOrder(entries: RawLogEntry[]): Entry[] {
  return entries
    .map((entry) => ({ ...entry, time: Date.parse(entry.created_at) }))
    .sort((a, b) => a.time - b.time || compareIds(a.id, b.id));
}

/** Tells whether a person did something; bots, services, integrations and nobody are not people. */
export function isPerson(agent: Reference | null | undefined): agent is Reference {
  return agent?.type === 'user' || agent?.type === 'user_reference';
}

/** Tells whether an entry is an acknowledgement, under either of the two names in use. */
export function isAcknowledgement(entry: Entry): boolean {
  return entry.type === 'acknowledge_log_entry' || entry.type === 'acknowledgement_log_entry';
}

/** Tells whether an entry is one contact attempt. */
export function isNotify(entry: Entry): boolean {
  return entry.type === 'notify_log_entry';
}
