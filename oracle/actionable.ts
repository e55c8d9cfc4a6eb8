import { type Entry, isAcknowledgement, isNotify, isPerson } from './log.ts';

/** Whether anybody had to do something about an incident. */
export type Verdict = 'yes' | 'no' | 'unknown';

const labels = new Map<string, Verdict>([
  ['service-issue', 'yes'],
  ['service-issue-wrong-time', 'yes'],
  ['visibility-issue', 'yes'],
  ['wrong-time', 'no'],
  ['known-work-downtime-expired', 'no'],
  ['known-work-downtime-not-set', 'no'],
  ['threshold', 'no'],
  ['check-faulty', 'no'],
  ['duplicate', 'unknown'],
]);

const working = ['resolve', 'escalate', 'annotate', 'priority_change'].map((name) => `${name}_log_entry`);
const moving = ['assign', 'reassign', 'delegate'].map((name) => `${name}_log_entry`);

function labelOf(entries: Entry[]): Verdict | undefined {
  const tagged = entries
    .filter((entry) => entry.type === 'annotate_log_entry' && isPerson(entry.agent))
    .flatMap(({ time, channel }) => {
      const tags = [...(channel?.summary ?? '').matchAll(/#([a-z-]+)/gi)].map(
        (tag) => tag[1]?.toLowerCase() ?? '',
      );
      return tags.filter((tag) => labels.has(tag)).map((tag) => ({ time, verdict: labels.get(tag) }));
    });
  const latest = Math.max(...tagged.map(({ time }) => time));
  return tagged.find(({ time }) => time === latest)?.verdict;
}

function isWork(entry: Entry, createdAt: number): boolean {
  if (!isPerson(entry.agent)) return false;
  if (moving.includes(entry.type)) return entry.time > createdAt;
  return working.includes(entry.type) || entry.type.startsWith('responder_request');
}

/** The verdict on an incident from its entries in order: the latest human label, else what people did. */
export function verdictOn(
  incident: { createdAt: number; merged: boolean; autoResolved: boolean },
  entries: Entry[],
): Verdict {
  const label = labelOf(entries);
  if (label) return label;
  if (incident.merged) return 'unknown';
  if (entries.some((entry) => isWork(entry, incident.createdAt))) return 'yes';
  const touched = entries.some(
    (entry) =>
      isPerson(entry.agent) &&
      !isNotify(entry) &&
      !isAcknowledgement(entry) &&
      entry.type !== 'snooze_log_entry',
  );
  return incident.autoResolved && !touched ? 'no' : 'unknown';
}
