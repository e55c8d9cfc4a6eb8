import { incident } from '../answers/incident.ts';
import { Fault } from '../http/fault.ts';
import { page } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import { within } from '../http/range.ts';
import type { Incident } from '../life/incident.ts';
import { addMonths } from '../time.ts';
import type { Answer } from './directory.ts';
import { sorted } from './sort.ts';

const DEFAULT_MONTHS = 1;
const MOST_MONTHS = 6;

/** Incidents, in UTC unless asked otherwise. */
export const INCIDENT_ANSWERS = {
  '/incidents': (question) => {
    const lens = question.lens('UTC');
    const found = inRange(question).filter((item) => isAsked(item, question));
    return page(question, 'incidents', sorted(question, found), (item) => incident(lens, item));
  },
  '/incidents/:id': (question) => {
    const found = question.timeline.find(question.id);
    if (!found) throw new Fault('resource_not_found');
    return { incident: incident(question.lens('UTC'), found) };
  },
} as const satisfies Record<string, Answer>;

function inRange(question: Question): readonly Incident[] {
  const all = question.timeline.incidents();
  if (question.text('date_range') === 'all') return all;
  const until = question.time('until') ?? question.now;
  const since = question.time('since') ?? addMonths(until, -DEFAULT_MONTHS);
  if (since > until) throw new Fault('invalid_range', 'since must not lie after until.');
  if (until > addMonths(since, MOST_MONTHS)) {
    throw new Fault('range_too_long', `since and until must lie within ${MOST_MONTHS} months.`);
  }
  return within(all, ({ createdAt }) => createdAt, { since, until }, question.settings.bounds);
}

/** Different filters must all hold, of the values of one any. */
function isAsked(item: Incident, question: Question): boolean {
  const state = question.timeline.state(item);
  const own = {
    statuses: [state.status],
    urgencies: [state.urgency],
    service_ids: [item.service.id],
    team_ids: state.teams.map(({ id }) => id),
    user_ids: state.assignments.map(({ person }) => person.id),
  };
  const key = question.text('incident_key');
  if (key !== null && key !== item.key) return false;
  return Object.entries(own).every(([name, values]) => {
    const wanted = question.list(name);
    return wanted.length === 0 || values.some((value) => wanted.includes(value));
  });
}
