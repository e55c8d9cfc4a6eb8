import type { Range } from '../account/timeline.ts';
import { logEntry } from '../answers/log-entry.ts';
import { ApiError } from '../http/api-error.ts';
import { page } from '../http/paging.ts';
import { isHidden } from '../http/privacy.ts';
import type { Question } from '../http/question.ts';
import { bounded, isIn } from '../http/range.ts';
import type { LogEntry } from '../life/incident.ts';
import { randomFor } from '../random.ts';
import { SECOND } from '../time.ts';
import { type Answer, lensOf } from './answer.ts';
import { oneIncident } from './incidents.ts';

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

/** Incidents in a range whose entries can be read at once; more take too long. */
const MOST_INCIDENTS = 50_000;

/** Log entries, over the whole account or of one incident. */
export const LOG_ENTRY_ANSWERS = {
  '/log_entries': (question) => {
    const range = rangeOf(question);
    const { timeline } = question;
    if (timeline.incidentsWithin(range).length > MOST_INCIDENTS) throw new ApiError('took_too_long');
    return answer(question, timeline.entriesWithin(range));
  },
  '/log_entries/:id': (question) => {
    const found = question.timeline.findEntry(question.id);
    if (!found || isStillLate(found, question)) throw new ApiError('resource_not_found');
    if (isHidden(found.incident, question)) throw new ApiError('forbidden');
    return { log_entry: logEntry(lensOf(question), found) };
  },
  '/incidents/:id/log_entries': (question) => {
    const incident = oneIncident(question);
    const range = rangeOf(question);
    const made = question.timeline.entriesOf(incident);
    return answer(
      question,
      made.filter(({ time }) => isIn(time, range)),
    );
  },
} as const satisfies Record<string, Answer>;

function rangeOf(question: Question): Range {
  const range = { since: question.time('since'), until: question.time('until') };
  if (range.since !== null && range.until !== null && range.since > range.until) {
    throw new ApiError('invalid_range', 'since must not lie after until.');
  }
  return bounded(range, question.ways.bounds);
}

function answer(question: Question, entries: readonly LogEntry[]): object {
  const { ways, timeline } = question;
  const overview = question.flag('is_overview');
  const teams = question.list('team_ids');
  const found = entries.filter(
    (entry) =>
      (!overview || OVERVIEW.includes(entry.type)) &&
      (teams.length === 0 || timeline.state(entry.incident).teams.some(({ id }) => teams.includes(id))) &&
      !isHidden(entry.incident, question) &&
      !isStillLate(entry, question),
  );
  const lens = lensOf(question);
  const ordered = ways.order === 'ascending' ? found : found.toReversed();
  return page(question, 'log_entries', ordered, (entry) => logEntry(lens, entry));
}

/** Some entries are seen only a while after they were made, if the settings say so. */
function isStillLate(entry: LogEntry, { ways, arrivals }: Question): boolean {
  const shownAt = entry.time + ways.late * SECOND;
  return arrivals < shownAt && randomFor('late', entry.id).chance(ways.lateShare);
}
