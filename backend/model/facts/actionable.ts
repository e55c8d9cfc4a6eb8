import type { RowOf } from '../index.ts';
import { byUser, type EntryKind, kindOf, type LogEntry } from './entries.ts';
import { type Actionable, labelOf } from './labels.ts';
import { isReassignment } from './response.ts';

const ACTION: ReadonlySet<EntryKind> = new Set([
  'resolve',
  'escalate',
  'request_responder',
  'annotate',
  'change_priority',
]);

const NO_ACTION: ReadonlySet<EntryKind> = new Set(['acknowledge', 'snooze', 'notify']);

/** Whether an incident asked for action (entries in order): the latest label, else what people did with it. */
export function actionableOf(
  incident: RowOf<'incident'>,
  entries: readonly LogEntry[],
  autoResolved: boolean,
): Actionable {
  const label = labelOf(entries);
  if (label) return label;
  if (incident.merged) return 'unknown';
  const byPeople = entries.filter(byUser);
  if (byPeople.some((entry) => ACTION.has(kindOf(entry)) || isReassignment(entry, incident))) return 'yes';
  return autoResolved && byPeople.every((entry) => NO_ACTION.has(kindOf(entry))) ? 'no' : 'unknown';
}
