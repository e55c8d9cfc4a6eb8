import type { Answer, Expected } from './answer.ts';
import { dutyDimensions, valuesOf } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { passes } from './filters.ts';
import { clip, type Interval, union } from './intervals.ts';
import type { Duty } from './on-call.ts';
import type { Named } from './people.ts';
import { type OnCallQuery, rangeOf } from './query.ts';

const key = ['user_id', 'schedule_id', 'escalation_policy_id', 'level', 'start'];

const cells = (name: string, thing: Named | null) => ({
  [name]: thing?.name ?? null,
  [`${name}_id`]: thing?.id ?? null,
});

const finite = (instant: number) => (Number.isFinite(instant) ? instant : null);

function rowOf(duty: Duty): Record<string, Expected> {
  return {
    ...cells('user', duty.person),
    ...cells('schedule', duty.schedule),
    ...cells('escalation_policy', duty.escalationPolicy),
    level: duty.level,
    start: finite(duty.from),
    end: finite(duty.to),
  };
}

function selected(facts: Facts, query: OnCallQuery): Duty[] {
  return facts.duties.filter((duty) =>
    passes(query.filters, valuesOf(dutyDimensions, duty, { instant: duty.from, zone: duty.person.zone })),
  );
}

/** What view now must be answered with: every entry that holds the end of the range. */
export function onCallNowAnswer(facts: Facts, query: OnCallQuery): Answer {
  const at = Math.min(rangeOf(query).to, facts.harvestedUntil);
  const rows = selected(facts, query).filter(({ from, to }) => from <= at && at < to);
  return { key, rows: rows.map((duty) => ({ cells: rowOf(duty), required: true })) };
}

/** What view shifts must be answered with, of a range that is harvested whole: every entry that meets it. */
export function onCallShiftsAnswer(facts: Facts, query: OnCallQuery): Answer {
  const range = rangeOf(query);
  const rows = selected(facts, query).filter(({ from, to }) => from < range.to && to > range.from);
  return { key, rows: rows.map((duty) => ({ cells: rowOf(duty), required: true })) };
}

function gapsIn({ from, to }: Interval, covered: Interval[]): Interval[] {
  const gaps: Interval[] = [];
  let free = from;
  for (const stretch of clip(union(covered), from, to)) {
    if (stretch.from > free) gaps.push({ from: free, to: stretch.from });
    free = stretch.to;
  }
  return free < to ? [...gaps, { from: free, to }] : gaps;
}

/** What view gaps must be answered with, of a range that is harvested whole: each stretch in which a listed policy had nobody at level 1. */
export function onCallGapsAnswer(facts: Facts, query: OnCallQuery): Answer {
  const range = rangeOf(query);
  const rows = facts.policies
    .filter(({ teams, id, name }) =>
      passes(query.filters, (dimension) => (dimension === 'team' ? teams : [{ id, name }])),
    )
    .flatMap((policy) => {
      const duties = facts.duties.filter(
        ({ level, escalationPolicy }) => level === 1 && escalationPolicy.id === policy.id,
      );
      return gapsIn(range, duties).map(({ from, to }) => ({
        cells: {
          ...cells('user', null),
          ...cells('schedule', null),
          ...cells('escalation_policy', policy),
          level: 1,
          start: from,
          end: to,
        },
        required: true,
      }));
    });
  return { key: ['escalation_policy_id', 'start'], rows };
}
