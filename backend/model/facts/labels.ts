import { byUser, kindOf, type LogEntry } from './entries.ts';

/** Whether an incident asked for action. */
export type Actionable = 'yes' | 'no' | 'unknown';

/** What each of Opsweekly's classes says of an incident (docs/definitions.md, section 8). */
export const LABELS = {
  'service-issue': 'yes',
  'service-issue-wrong-time': 'yes',
  'visibility-issue': 'yes',
  'wrong-time': 'no',
  'known-work-downtime-expired': 'no',
  'known-work-downtime-not-set': 'no',
  threshold: 'no',
  'check-faulty': 'no',
  duplicate: 'unknown',
} as const satisfies Record<string, Actionable>;

const TAG = /(?<![\w/&#])#([a-z]+(?:-[a-z]+)*)(?!\w|-\w)/gi;

/** What the latest human label says (entries in order), null without one; of one second's labels the first written counts. */
export function labelOf(entries: readonly LogEntry[]): Actionable | null {
  const labels = entries
    .filter((entry) => kindOf(entry) === 'annotate' && byUser(entry))
    .flatMap((entry) => {
      const label = firstLabel(entry.note ?? '');
      return label ? [{ at: entry.created_at, label }] : [];
    });
  const latest = labels.at(-1)?.at;
  return labels.find(({ at }) => at === latest)?.label ?? null;
}

/** What is left of a note when all but its labels is struck out; null where it has none. */
export function labelsAlone(note: string): string | null {
  const tags = [...note.matchAll(TAG)].filter(([, tag]) => meaningOf(tag) !== undefined);
  return tags.map(([tag]) => tag).join(' ') || null;
}

function firstLabel(note: string): Actionable | undefined {
  return [...note.matchAll(TAG)].map(([, tag]) => meaningOf(tag)).find((label) => label !== undefined);
}

function meaningOf(tag: string | undefined): Actionable | undefined {
  return (LABELS as Record<string, Actionable>)[tag?.toLowerCase() ?? ''];
}
