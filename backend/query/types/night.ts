import { DAY } from '../../clock.ts';
import { allowOnly } from '../allowed.ts';
import { flag, number, text, thing, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { onCallNotices } from '../coverage.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { namesOf, resolveFilters } from '../filter.ts';
import type { TableAnswer } from '../frame.ts';
import { heatmapFrame } from '../heatmap-frame.ts';
import { type NightRow, nightsOf } from '../person-nights.ts';
import { choose, type Question } from '../question.ts';
import { cut, mostDrawn } from '../rows.ts';
import { FIELDS, formatField, PERSON_DIMENSIONS, viewField } from './fields.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  ...thing('user', 'Person', { personal: true }),
  text('night', 'Night', { description: "The date on which the person's night began." }),
  number('on_call_hours', 'On call', { unit: 'h', description: 'Level 1 on-call time inside the night.' }),
  number('sleep_interruptions', 'Night interruptions'),
  number('awake_minutes', 'Awake', {
    unit: 'm',
    description: 'From each notification to 20 minutes after the last action.',
  }),
  number('longest_block_minutes', 'Longest sleep', {
    unit: 'm',
    description: 'The longest stretch left undisturbed.',
  }),
  flag('broken', 'Broken', { description: 'Less than 6 hours undisturbed, or 2 interruptions.' }),
  flag('severe', 'Severe', { description: 'Less than 4 hours undisturbed.' }),
  number('recovery_hours', 'Recovery', {
    unit: 'h',
    description: 'From the end of a broken night to the next interruption; 24 are wanted.',
  }),
];

/** What a heat map of nights can show. */
const VALUES = ['sleep_interruptions', 'awake_minutes', 'longest_block_minutes', 'recovery_hours'] as const;

/** How every person's nights went: those that begin in the range on which they were on call, woken or awake. */
export const night: QueryType = {
  title: 'Nights',
  description: 'Per person and night: interruptions, time awake and the longest sleep left.',
  fields: [
    formatField('table', 'heatmap'),
    viewField(
      COLUMNS.filter(({ name }) => VALUES.some((value) => value === name)).map(({ name, title }) => ({
        value: name,
        label: title,
        description: 'In a heat map of persons and nights',
      })),
    ),
    FIELDS.filters,
    FIELDS.limit,
  ],
  example: { limit: 500 },
  perPerson: () => true,
  async answer(question, context): Promise<TableAnswer> {
    const format = choose('format', question.format, ['table', 'heatmap']);
    const value = choose('view', question.view, VALUES);
    allowOnly(PERSON_DIMENSIONS, 'nights', question);
    const rows = await namedNights(question, context);
    const answer = format === 'heatmap' ? asHeatmap(rows, value, question) : asTable(rows, question);
    const unknown = onCallNotices('on_call_hours', context.coverage, question.from);
    return { ...answer, notices: [...(answer.notices ?? []), ...unknown] };
  },
};

type NamedNight = NightRow & { user: string };

/** All nights of the range with their persons' names, cut by no limit. */
export async function namedNights(question: Question, context: QueryContext): Promise<NamedNight[]> {
  const matchers = await resolveFilters(context.reader, question.filters, context.signal);
  const nights = await nightsOf(question, context, matchers);
  const ids = nights.map((row) => row.user_id);
  const names = await namesOf(context.reader, DIMENSIONS.user, ids, context.signal);
  return nights.map((row) => ({ ...row, user: names.get(row.user_id) ?? row.user_id }));
}

function asTable(nights: readonly NamedNight[], question: Question): TableAnswer {
  const { kept, notices } = cut(nights, question.limit, 'nights');
  return { kind: 'table', columns: COLUMNS, rows: kept.map((row) => ({ ...row })), notices };
}

/** A row for each person over the nights of the range, each at the midnight of its date in the query's zone; who was interrupted most comes first. */
function asHeatmap(
  nights: readonly NamedNight[],
  value: (typeof VALUES)[number],
  { zone, limit }: Question,
): TableAnswer {
  const dates = nights.map((row) => Date.parse(row.night));
  const [first, last] = [
    dates.reduce((a, b) => Math.min(a, b), Infinity),
    dates.reduce((a, b) => Math.max(a, b), 0),
  ];
  const count = dates.length === 0 ? 0 : (last - first) / DAY + 1;
  const days = Array.from({ length: count }, (_, index) => first + index * DAY);
  const persons = [...Map.groupBy(nights, (row) => row.user_id).values()].sort(
    (a, b) => interruptionsIn(b) - interruptionsIn(a),
  );
  const { kept, notices } = cut(persons, limit, 'people', mostDrawn(1, days.length));
  const rows = kept.map((own) => {
    const byDay = new Map(own.map((row) => [Date.parse(row.night), row[value]]));
    const { user = '', user_id: person = '' } = own[0] ?? {};
    return { title: user, person, figures: days.map((day) => byDay.get(day) ?? null) };
  });
  const column = COLUMNS.find(({ name }) => name === value) ?? number(value, value);
  const instants = days.map((day) => zone.fromLocal(day));
  return { ...heatmapFrame(time('time', 'Night'), instants, column, rows), notices };
}

const interruptionsIn = (nights: readonly NamedNight[]) =>
  nights.reduce((sum, night) => sum + (night.sleep_interruptions ?? 0), 0);
