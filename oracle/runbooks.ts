import type { Entry } from './log.ts';

/** Tells whether a text, or any text inside a thing, holds a link to a runbook. */
export function linksRunbook(thing: unknown): boolean {
  if (typeof thing === 'string') return /https?:\/\/\S*(runbook|playbook)/i.test(thing);
  if (typeof thing !== 'object' || thing === null) return false;
  return Object.values(thing).some(linksRunbook);
}

/** Tells whether an entry is a trigger that came with a link to a runbook. */
export function hasRunbook({ type, channel, contexts, event_details }: Entry): boolean {
  return type === 'trigger_log_entry' && linksRunbook([channel?.details, contexts, event_details]);
}
