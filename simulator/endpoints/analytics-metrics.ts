import { z } from 'zod';
import { type Analysed, analysedWithin } from '../analytics/analysed.ts';
import { beginOfUnit, totalsOf } from '../analytics/totals.ts';
import { wallTime } from '../answers/analytics.ts';
import { ApiError } from '../http/api-error.ts';
import type { Question } from '../http/question.ts';
import { readAs } from '../http/read.ts';
import type { Thing } from '../organisation/things.ts';
import { addMonths } from '../time.ts';
import { createdWithin, filters, isMeant, zone } from './analytics-body.ts';
import type { Answer } from './answer.ts';

const body = z.object({
  filters: filters.default({}),
  aggregate_unit: z.enum(['day', 'week', 'month']).optional(),
  time_zone: zone.optional(),
});

const MOST_MONTHS = 12;

/** What one row of an answer is about: nothing in particular, or a thing under the name of its fields. */
type Subject = { what: string; of: (row: Analysed) => Thing | null } | null;

const SERVICE: Subject = { what: 'service', of: ({ past }) => past.state.service };
const TEAM: Subject = { what: 'team', of: ({ past }) => past.state.teams[0] ?? null };
const POLICY: Subject = { what: 'escalation_policy', of: ({ past }) => past.state.policy };

/** Figures of incidents together, by the thing that they belong to or, where the path ends in `all`, of all of them. */
export const METRIC_ANSWERS = {
  '/analytics/metrics/incidents/all': metricsBy(null),
  '/analytics/metrics/incidents/services': metricsBy(SERVICE),
  '/analytics/metrics/incidents/services/all': metricsBy(null),
  '/analytics/metrics/incidents/teams': metricsBy(TEAM),
  '/analytics/metrics/incidents/teams/all': metricsBy(null),
  '/analytics/metrics/incidents/escalation_policies': metricsBy(POLICY),
  '/analytics/metrics/incidents/escalation_policies/all': metricsBy(null),
} as const satisfies Record<string, Answer>;

function metricsBy(subject: Subject): Answer {
  return (question) => {
    const { filters: asked, aggregate_unit: unit, time_zone } = readAs(body, question.body);
    const inZone = time_zone ?? question.timeline.organisation.zone;
    const range = rangeOf(question, createdWithin(asked, inZone));
    const rows = analysedWithin(question, range).filter((row) => isMeant(asked, row));
    const groups = Map.groupBy(rows, (row) => {
      const start = unit && beginOfUnit(wallTime(row.past.incident.createdAt, inZone), unit);
      return JSON.stringify([start ?? null, subject?.of(row)?.id ?? null]);
    });
    const data = [...groups].map(([key, own]) => {
      const [start] = JSON.parse(key) as [string | null];
      return {
        ...(start !== null && { range_start: `${start}T00:00:00` }),
        ...named(subject, own),
        ...totalsOf(own, range.until - range.since),
      };
    });
    return { data, filters: asked, aggregate_unit: unit ?? null, time_zone: inZone };
  };
}

function named(subject: Subject, [first]: readonly Analysed[]): object {
  if (!subject || !first) return {};
  const thing = subject.of(first);
  return { [`${subject.what}_id`]: thing?.id ?? null, [`${subject.what}_name`]: thing?.name ?? null };
}

/** A year at most; without bounds the one before now. */
function rangeOf({ now }: Question, { since, until }: ReturnType<typeof createdWithin>) {
  const end = until ?? now + 1;
  const range = { since: since ?? addMonths(end, -MOST_MONTHS), until: end };
  if (range.until > addMonths(range.since, MOST_MONTHS))
    throw new ApiError('range_too_long', 'created_at_start and created_at_end must lie within a year.');
  return range;
}
