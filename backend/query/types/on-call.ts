import { compareText } from '../../model/facts/entries.ts';
import { allowOnly } from '../allowed.ts';
import { number, thing, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { onCallNotices } from '../coverage.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { namesOf, resolveFilters } from '../filter.ts';
import type { TableAnswer } from '../frame.ts';
import { type Duty, dutiesAt, dutiesIn, gapsOf } from '../on-call.ts';
import { bySeen } from '../people/order.ts';
import type { View } from '../people/view.ts';
import { choose } from '../question.ts';
import { cut } from '../rows.ts';
import { FIELDS, PERSON_DIMENSIONS, viewField } from './fields.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  ...thing('user', 'Person', { personal: true, description: 'Empty in a gap: nobody.' }),
  ...thing('schedule', 'Schedule', { description: 'Empty where the policy names the person itself.' }),
  ...thing('escalation_policy', 'Escalation policy'),
  number('level', 'Level', { unit: 'none', description: 'The escalation level: 1 is paged first.' }),
  time('start', 'Start', { description: 'Empty where it has always been so.' }),
  time('end', 'End', { description: 'Empty where no end is set.' }),
];

const VIEWS = { now: dutiesAt, shifts: dutiesIn, gaps: gapsOf } as const;

/** Who is on call now, who was and will be in the range, and where nobody is. */
export const on_call: QueryType = {
  title: 'On call',
  description: 'Who is on call, in which policy and at which level; and when nobody is at level 1.',
  fields: [
    viewField([
      { value: 'now', label: 'Now', description: 'At the end of the range, as far as it is harvested' },
      {
        value: 'shifts',
        label: 'Shifts',
        description: 'Every entry that meets the range, as PagerDuty has it',
      },
      { value: 'gaps', label: 'Gaps', description: 'When a policy had nobody at level 1' },
    ]),
    FIELDS.filters,
    FIELDS.limit,
  ],
  example: { view: 'now' },
  perPerson: ({ view }) => view !== 'gaps',
  async answer(question, context): Promise<TableAnswer> {
    const view = choose('view', question.view, ['now', 'shifts', 'gaps']);
    allowOnly(PERSON_DIMENSIONS, 'on-call time', question);
    const matchers = await resolveFilters(context.reader, question.filters, context.signal);
    const duties = await VIEWS[view](question, context, matchers);
    const { kept, notices } = cut(duties.toSorted(inOrder(context.view)), question.limit, 'entries');
    const rows = await named(kept, context);
    const unknown = onCallNotices('on-call time', context.coverage, question.from);
    return { kind: 'table', columns: COLUMNS, rows, notices: [...notices, ...unknown] };
  },
};

/** By policy, level and start, then by the person as the viewer sees them. */
function inOrder(view: View): (a: Duty, b: Duty) => number {
  const byPerson = bySeen(view);
  return (a, b) =>
    compareText(a.escalation_policy_id, b.escalation_policy_id) ||
    a.level - b.level ||
    (a.start ?? 0) - (b.start ?? 0) ||
    byPerson(a, b);
}

const THINGS = ['user', 'schedule', 'escalation_policy'] as const;

async function named(
  duties: readonly Duty[],
  { reader, signal }: QueryContext,
): Promise<TableAnswer['rows']> {
  const names = await Promise.all(
    THINGS.map((thing) => {
      const ids = duties.map((duty) => duty[`${thing}_id`]);
      return namesOf(reader, DIMENSIONS[thing], ids, signal);
    }),
  );
  return duties.map((duty) => ({
    ...duty,
    ...Object.fromEntries(
      THINGS.map((thing, index) => [thing, names[index]?.get(String(duty[`${thing}_id`])) ?? null]),
    ),
  }));
}
