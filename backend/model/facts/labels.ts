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

function firstLabel(note: string): Actionable | undefined {
  return [...note.matchAll(TAG)]
    .map(([, tag]) => (LABELS as Record<string, Actionable>)[tag?.toLowerCase() ?? ''])
    .find((label) => label !== undefined);
}
