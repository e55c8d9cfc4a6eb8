import { logEntry } from '../answers/log-entry.ts';
import { Fault } from '../http/fault.ts';
import { page } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import { within } from '../http/range.ts';
import type { LogEntry } from '../life/incident.ts';
import { randomFor } from '../random.ts';
import { SECOND } from '../time.ts';
import { type Answer, inTeams, lensOf } from './directory.ts';

const LATE_SHARE = 1 / 20;

/** The types that an overview shows. */
const OVERVIEW = [
  'trigger',
  'acknowledge',
  'unacknowledge',
  'resolve',
  'escalate',
  'reassign',
  'annotate',
  'snooze',
];

/** Log entries, over the whole account or of one incident. */
export const LOG_ENTRY_ANSWERS = {
  '/log_entries': (question) => answer(question, question.timeline.entries()),
  '/log_entries/:id': (question) => {
    const found = question.timeline.entries().find(({ id }) => id === question.id);
    if (!found || isStillLate(found, question)) throw new Fault('resource_not_found');
    return { log_entry: logEntry(lensOf(question), found) };
  },
  '/incidents/:id/log_entries': (question) => {
    const incident = question.timeline.find(question.id);
    if (!incident) throw new Fault('resource_not_found');
    const made = incident.entries.filter(({ time }) => time <= question.now);
    return answer(question, made);
  },
} as const satisfies Record<string, Answer>;

function answer(question: Question, entries: readonly LogEntry[]): object {
  const { settings, timeline } = question;
  const range = { since: question.time('since'), until: question.time('until') };
  if (range.since !== null && range.until !== null && range.since > range.until) {
    throw new Fault('invalid_range', 'since must not lie after until.');
  }
  const overview = question.flag('is_overview');
  const found = within(entries, ({ time }) => time, range, settings.bounds).filter(
    (entry) =>
      (!overview || OVERVIEW.includes(entry.type)) &&
      inTeams(timeline.state(entry.incident).teams, question) &&
      !isStillLate(entry, question),
  );
  const lens = lensOf(question);
  const ordered = settings.order === 'ascending' ? found : found.toReversed();
  return page(question, 'log_entries', ordered, (entry) => logEntry(lens, entry));
}

/** Some entries are seen only a while after they were made, if the settings say so. */
function isStillLate(entry: LogEntry, { settings, now }: Question): boolean {
  const shownAt = entry.time + settings.late * SECOND;
  return now < shownAt && randomFor('late', entry.id).chance(LATE_SHARE);
}
