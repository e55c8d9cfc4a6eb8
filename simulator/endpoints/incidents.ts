import type { Range, Rows } from '../account/timeline.ts';
import { furtherParts, incident } from '../answers/incident.ts';
import { ApiError } from '../http/api-error.ts';
import { page } from '../http/paging.ts';
import { refusalOf } from '../http/privacy.ts';
import type { Question } from '../http/question.ts';
import { bounded, isIn } from '../http/range.ts';
import type { Incident } from '../life/incident.ts';
import { addMonths } from '../time.ts';
import type { Answer } from './answer.ts';
import { incidentFields, sorted } from './sort.ts';

const DEFAULT_MONTHS = 1;
const MOST_MONTHS = 6;

/** Incidents, in UTC unless asked otherwise. */
export const INCIDENT_ANSWERS = {
  '/incidents': (question) => {
    const lens = question.lens('UTC');
    const found = sorted(question, asked(question), incidentFields(question.timeline));
    return page(question, 'incidents', found, (item) => incident(lens, item));
  },
  '/incidents/:id': (question) => {
    const lens = question.lens('UTC');
    const found = oneIncident(question);
    return { incident: { ...incident(lens, found), ...furtherParts(lens, found) } };
  },
} as const satisfies Record<string, Answer>;

/** The incident that the path names, by id or number; 403 if the key may not see it, 404 if there is none. */
export function oneIncident(question: Question): Incident {
  const found = question.timeline.find(question.id);
  if (!found) throw new ApiError('resource_not_found');
  const refusal = refusalOf(found, question);
  if (refusal) throw new ApiError(refusal);
  return found;
}

/** Filters look at every incident of a range; more than so many take too long. */
const MOST_FILTERED = 50_000;

const FILTERS = ['statuses', 'urgencies', 'service_ids', 'team_ids', 'user_ids'];

function asked(question: Question): Rows<Incident> {
  const range = rangeOf(question);
  const { timeline } = question;
  const fits = (item: Incident) => isAsked(item, question);
  if (asksForOpen(question)) {
    return timeline.openIncidents().filter((item) => isIn(item.createdAt, range) && fits(item));
  }
  const found = timeline.incidentsWithin(range);
  const isFiltered =
    FILTERS.some((name) => question.list(name).length > 0) ||
    question.text('incident_key') !== null ||
    question.ways.hiddenTeams.size > 0 ||
    question.ways.hiddenIncidents !== null;
  if (!isFiltered && question.text('sort_by') === null) return found;
  if (found.length > MOST_FILTERED) throw new ApiError('took_too_long');
  return isFiltered ? found.slice(0, found.length).filter(fits) : found;
}

/** True where resolved incidents cannot be meant. */
function asksForOpen(question: Question): boolean {
  const statuses = question.list('statuses');
  const isOpen = statuses.length > 0 && !statuses.includes('resolved');
  return isOpen || question.list('user_ids').length > 0;
}

function rangeOf(question: Question): Range {
  if (question.text('date_range') === 'all') return { since: null, until: null };
  const until = question.time('until') ?? question.now;
  const since = question.time('since') ?? addMonths(until, -DEFAULT_MONTHS);
  if (since > until) throw new ApiError('invalid_range', 'since must not lie after until.');
  if (until > addMonths(since, MOST_MONTHS)) {
    throw new ApiError('range_too_long', `since and until must lie within ${MOST_MONTHS} months.`);
  }
  return bounded({ since, until }, question.ways.bounds);
}

/** Different filters must all hold, of the values of one any. */
function isAsked(item: Incident, question: Question): boolean {
  if (refusalOf(item, question)) return false;
  const state = question.timeline.state(item);
  const own = {
    statuses: [state.status],
    urgencies: [state.urgency],
    service_ids: [state.service.id],
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
