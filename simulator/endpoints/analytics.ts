import { z } from 'zod';
import { type Analysed, analysedOne, analysedWithin } from '../analytics/analysed.ts';
import { analysedIncident, responsesOf } from '../answers/analytics.ts';
import { ApiError } from '../http/api-error.ts';
import type { Question } from '../http/question.ts';
import { readAs } from '../http/read.ts';
import { createdWithin, filters, isMeant, timeOf, zone } from './analytics-body.ts';
import type { Answer } from './answer.ts';

const LIMITS = { usual: 20, most: 1000 };

const rawBody = z.object({
  filters: filters.default({}),
  limit: z.int().min(1).max(LIMITS.most).default(LIMITS.usual),
  order: z.enum(['asc', 'desc']).default('desc'),
  order_by: z.enum(['created_at', 'seconds_to_resolve']).default('created_at'),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  time_zone: zone.optional(),
});

/** What is asked by GET: one incident as analytics knows it. */
export const ANALYTICS_ANSWERS = {
  '/analytics/raw/incidents/:id': (question) => shown(question, oneOf(question), zoneOf(question)),
  '/analytics/raw/incidents/:id/responses': (question) => {
    const inZone = zoneOf(question);
    const { incident, entries } = oneOf(question).past;
    const responses = responsesOf(entries, inZone);
    const order = { limit: LIMITS.most, order: 'asc', order_by: 'requested_at' };
    return { incident_id: incident.id, responses, ...order, time_zone: inZone };
  },
} as const satisfies Record<string, Answer>;

/** What is asked by POST: incidents as analytics knows them, by the ids of the first and last of a page. */
export const ANALYTICS_LISTS = {
  '/analytics/raw/incidents': (question) => {
    const { starting_after: after, ending_before: before, ...asked } = readAs(rawBody, question.body);
    const inZone = asked.time_zone ?? zoneOf(question);
    const found = ordered(wanted(question, asked.filters, inZone), asked);
    const { rows, more } = cut(found, asked.limit, after, before);
    return {
      first: rows.at(0)?.past.incident.id ?? null,
      last: rows.at(-1)?.past.incident.id ?? null,
      more,
      limit: asked.limit,
      order: asked.order,
      order_by: asked.order_by,
      filters: asked.filters,
      time_zone: inZone,
      data: rows.map((row) => shown(question, row, inZone)),
    };
  },
} as const satisfies Record<string, Answer>;

function wanted(question: Question, asked: z.output<typeof filters>, inZone: string): Analysed[] {
  const after = timeOf(asked.updated_after, inZone) ?? Number.NEGATIVE_INFINITY;
  return analysedWithin(question, createdWithin(asked, inZone)).filter(
    (row) => row.analysedAt > after && isMeant(asked, row),
  );
}

function ordered(rows: Analysed[], { order, order_by }: z.output<typeof rawBody>): Analysed[] {
  const key = ({ past, figures }: Analysed) =>
    order_by === 'created_at'
      ? past.incident.createdAt
      : (figures.secondsToResolve ?? Number.MAX_SAFE_INTEGER);
  const sign = order === 'asc' ? 1 : -1;
  return rows.sort((a, b) => sign * (key(a) - key(b) || a.past.incident.number - b.past.incident.number));
}

/** A page behind one row or before another; throws an ApiError where there is no such row, or both are named. */
function cut(rows: readonly Analysed[], limit: number, after?: string, before?: string) {
  if (after !== undefined && before !== undefined)
    throw new ApiError('invalid_input', 'starting_after and ending_before cannot be used together.');
  const placeOf = (id: string) => {
    const place = rows.findIndex(({ past }) => past.incident.id === id);
    if (place < 0) throw new ApiError('invalid_input', `"${id}" is no row of this list.`);
    return place;
  };
  if (before !== undefined) {
    const end = placeOf(before);
    const start = Math.max(0, end - limit);
    return { rows: rows.slice(start, end), more: start > 0 };
  }
  const start = after === undefined ? 0 : placeOf(after) + 1;
  return { rows: rows.slice(start, start + limit), more: rows.length > start + limit };
}

function oneOf(question: Question): Analysed {
  const incident = question.timeline.find(question.id);
  const found = incident && analysedOne(question, incident);
  if (!found) throw new ApiError('not_found');
  return found;
}

function shown({ timeline }: Question, row: Analysed, inZone: string): object {
  return analysedIncident(row, inZone, timeline.organisation.priorities);
}

function zoneOf(question: Question): string {
  return question.lens(question.timeline.organisation.zone).zone;
}
