import { HOUR, QUARTER, quarterOf } from './calendar.ts';
import { clockDimensions, dutyDimensions, valuesOf } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { groupsOf, passes } from './filters.ts';
import { clip, type Interval, union } from './intervals.ts';
import type { MetricRow } from './metrics.ts';
import type { Duty } from './on-call.ts';
import type { Named } from './people.ts';
import { type MetricQuery, rangeOf } from './query.ts';

function quartersOf({ from, to }: Interval): Interval[] {
  const pieces: Interval[] = [];
  for (let start = from; start < to; start = quarterOf(start) + QUARTER) {
    pieces.push({ from: start, to: Math.min(to, quarterOf(start) + QUARTER) });
  }
  return pieces;
}

function rowsOfPerson(duties: Duty[], group: (Named | null)[], query: MetricQuery): MetricRow[] {
  const onClock = query.filters.filter((filter) => filter.dimension in clockDimensions);
  const ofDuty = query.by.filter((dimension) => !(dimension in clockDimensions));
  return union(duties)
    .flatMap((duty) => quartersOf(duty).map((piece) => ({ ...piece, duty })))
    .map(({ from, to, duty }) => {
      const clock = valuesOf({}, null, { instant: from, zone: duty.person.zone });
      const values = (dimension: string) => {
        if (dimension in clockDimensions) return clock(dimension);
        const value = group[ofDuty.indexOf(dimension)];
        return value ? [value] : [];
      };
      return { time: from, value: (to - from) / HOUR, valuesOf: values };
    })
    .filter((row) => passes(onClock, row.valuesOf));
}

/**
 * Level 1 duty of a range as quarter hours: inside each group a person's stretches are united first, so that
 * nothing counts twice, then each piece falls to what the person's clock shows.
 */
export function onCallRows(facts: Facts, query: MetricQuery): MetricRow[] {
  const { from, to } = rangeOf(query);
  const onDuty = query.filters.filter((filter) => !(filter.dimension in clockDimensions));
  const ofDuty = query.by.filter((dimension) => !(dimension in clockDimensions));
  const groups = new Map<string, { group: (Named | null)[]; duties: Duty[] }>();
  const levelOne = facts.duties.filter((duty) => duty.level === 1);
  for (const duty of clip(levelOne, from, Math.min(to, facts.harvestedUntil))) {
    const values = valuesOf(dutyDimensions, duty, { instant: duty.from, zone: duty.person.zone });
    if (!passes(onDuty, values)) continue;
    for (const group of groupsOf(query.filters, ofDuty, values)) {
      const id = JSON.stringify([duty.person.id, ...group.map((value) => value?.id ?? null)]);
      const known = groups.get(id) ?? { group, duties: [] };
      known.duties.push(duty);
      groups.set(id, known);
    }
  }
  return [...groups.values()].flatMap(({ group, duties }) => rowsOfPerson(duties, group, query));
}
