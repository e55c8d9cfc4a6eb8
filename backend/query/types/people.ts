import { allowOnly } from '../allowed.ts';
import { number, text, thing } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { type Coverage, coveredFrom, isCovered, logNotices, onCallNotices } from '../coverage.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { type Matcher, namesOf, resolveFilters } from '../filter.ts';
import type { TableAnswer } from '../frame.ts';
import { type Asked, rowGroups } from '../groups.ts';
import type { Metric, RowMetric } from '../metrics/metric.ts';
import { onCallMetrics } from '../metrics/on-call.ts';
import { peopleMetrics } from '../metrics/people.ts';
import { bySeen } from '../people/order.ts';
import type { View } from '../people/view.ts';
import { type NightRow, nightsOf } from '../person-nights.ts';
import { worstWeeks } from '../person-weeks.ts';
import type { Question } from '../question.ts';
import { cut } from '../rows.ts';
import { FIELDS, PERSON_DIMENSIONS } from './fields.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  ...thing('user', 'Person', { personal: true }),
  number('on_call_hours', 'On call', { unit: 'h', description: 'Hours on call at level 1.' }),
  number('interruptions', 'Interruptions'),
  number('sleep_interruptions', 'Night interruptions'),
  number('interruptions_per_100_hours', 'Per 100 h', {
    unit: 'none',
    description: 'All interruptions, also off duty, per 100 hours on call; empty without any.',
  }),
  number('nights', 'Nights', { description: 'Nights of the range on call, woken or awake.' }),
  number('broken_nights', 'Broken nights', {
    description: 'Less than 6 hours undisturbed, or 2 interruptions; only nights that are over.',
  }),
  text('worst_week_band', 'Worst week', {
    description: 'Night interruptions in a week on call: 0-1 good, 2-3 watch, 4 or more bad.',
  }),
];

/** The columns that lean on log entries, and those that lean on on-call time, as their notices name them. */
const BY_LOG =
  'interruptions, sleep_interruptions, interruptions_per_100_hours, nights, broken_nights and worst_week_band';
const BY_ON_CALL =
  'what leans on on-call time (on_call_hours, interruptions_per_100_hours, nights, worst_week_band)';

/** What each person with level 1 time or an interruption in the range carried. */
export const people: QueryType = {
  title: 'People',
  description: 'Per person: on-call time, interruptions by day and night, broken nights and the worst week.',
  fields: [FIELDS.filters, FIELDS.limit],
  example: { limit: 100 },
  perPerson: () => true,
  async answer(question, context): Promise<TableAnswer> {
    allowOnly(PERSON_DIMENSIONS, 'people', question);
    const matchers = await resolveFilters(context.reader, question.filters, context.signal);
    const [hours, interruptions, sleeps, nights, weeks] = await Promise.all([
      figures(onCallMetrics.on_call_hours, question, context, matchers),
      figures(peopleMetrics.interruptions, question, context, matchers),
      figures(peopleMetrics.sleep_interruptions, question, context, matchers),
      nightsOf(question, context, matchers),
      worstWeeks(question, context, matchers),
    ]);
    const nightsByUser = Map.groupBy(nights, (row) => row.user_id);
    const known = knownOf(question, context.coverage);
    const users = [...new Set([...hours.keys(), ...interruptions.keys()])];
    const names = await namesOf(context.reader, DIMENSIONS.user, users, context.signal);
    const rows = users.map((user_id) => {
      const load = { hours: hours.get(user_id) ?? 0, interruptions: interruptions.get(user_id) ?? 0 };
      return {
        user: names.get(user_id) ?? user_id,
        user_id,
        on_call_hours: known.onCall ? load.hours : null,
        interruptions: known.log ? load.interruptions : null,
        sleep_interruptions: known.log ? (sleeps.get(user_id) ?? 0) : null,
        interruptions_per_100_hours: known.both
          ? onCallMetrics.interruptions_per_100_hours.figure([load])
          : null,
        ...nightsIn(nightsByUser.get(user_id) ?? [], known),
        worst_week_band: known.both ? (weeks.get(user_id) ?? null) : null,
      };
    });
    const { kept, notices } = cut(rows.sort(byLoad(context.view)), question.limit, 'people');
    const unknown = [
      ...logNotices(BY_LOG, context.coverage, question),
      ...onCallNotices(BY_ON_CALL, context.coverage, question.from),
    ];
    return { kind: 'table', columns: COLUMNS, rows: kept, notices: [...notices, ...unknown] };
  },
};

/** A metric by person, where it is above 0. */
async function figures(
  metric: RowMetric,
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<Map<string, number>> {
  const buckets = { unit: null, list: [{ start: question.from, end: question.to }], indexOf: () => 0 };
  const asked: Asked = { question, buckets, matchers, back: 0 };
  const groups = await rowGroups(metric, ['user'], asked, context);
  return new Map(groups.map(({ ids, figures: [figure] }) => [String(ids[0]), figure ?? 0]));
}

/** Of which of the things that figures are made of some of the range is harvested. */
interface Known {
  log: boolean;
  onCall: boolean;
  both: boolean;
}

/** What is known of the range, as it is of a metric's bucket. */
function knownOf({ from, to }: Question, coverage: Coverage): Known {
  const knows = (metric: Metric) => {
    const stored = { from: coveredFrom(coverage, metric), until: coverage.until };
    return isCovered(stored, { start: from, end: to }, false);
  };
  return {
    log: knows(peopleMetrics.interruptions),
    onCall: knows(onCallMetrics.on_call_hours),
    both: knows(onCallMetrics.interruptions_per_100_hours),
  };
}

/** How many nights there were and how many of them were broken; null where that is not known. */
function nightsIn(nights: readonly NightRow[], known: Known) {
  const over = nights.filter(({ broken }) => broken !== null);
  const isNoneOver = nights.length > 0 && over.length === 0;
  return {
    nights: known.both ? nights.length : null,
    broken_nights: known.log && !isNoneOver ? over.filter(({ broken }) => broken).length : null,
  };
}

interface Loaded {
  user: string;
  user_id: string;
  interruptions: number | null;
}

function byLoad(view: View): (a: Loaded, b: Loaded) => number {
  const byPerson = bySeen(view);
  return (a, b) => (b.interruptions ?? 0) - (a.interruptions ?? 0) || byPerson(a, b);
}
