import type { Answer, Expected } from './answer.ts';
import { bucketStart } from './buckets.ts';
import { HOUR } from './calendar.ts';
import type { Facts } from './facts.ts';
import { passes } from './filters.ts';
import { clip, lengthOf, union } from './intervals.ts';
import { isSleepInterruption } from './metrics.ts';
import { nightAnswer, peopleOf } from './nights.ts';
import type { Page } from './pages.ts';
import type { Person } from './people.ts';
import { rangeOf, type TableQuery } from './query.ts';

const bands = ['good', 'watch', 'bad'] as const;

function bandOf(sleepInterruptions: number): (typeof bands)[number] {
  if (sleepInterruptions >= 4) return 'bad';
  return sleepInterruptions >= 2 ? 'watch' : 'good';
}

/** The worst of the weeks of a person's own calendar in which they were on call; null without any. */
function worstWeek(person: Person, duty: { from: number; to: number }[], sleeps: Page[]): string | null {
  const weekOf = (instant: number) => bucketStart(instant, 'week', person.zone);
  const weeks = new Set<number>();
  for (const { from, to } of duty) {
    for (let instant = from; instant < to; instant += HOUR) weeks.add(weekOf(instant));
    weeks.add(weekOf(to - 1));
  }
  const counts = [...weeks].map((week) => sleeps.filter(({ time }) => weekOf(time) === week).length);
  if (counts.length === 0) return null;
  return bandOf(Math.max(...counts));
}

/** What a people query must be answered with: a row per person with level 1 time or an interruption in the range, filtered by person only. */
export function peopleAnswer(facts: Facts, query: TableQuery): Answer {
  const { from, to } = rangeOf(query);
  const nights = Map.groupBy(nightAnswer(facts, query).rows, ({ cells }) => cells.user_id);
  const rows = peopleOf(facts)
    .filter((person) => passes(query.filters, (name) => (name === 'user' ? [person] : [])))
    .flatMap((person) => {
      const own = facts.duties.filter((duty) => duty.person.id === person.id && duty.level === 1);
      const duty = union(clip(own, from, Math.min(to, facts.harvestedUntil)));
      const bursts = facts.pages.filter(
        (page) => page.person.id === person.id && page.interruption && page.time >= from && page.time < to,
      );
      const hours = lengthOf(duty) / HOUR;
      if (hours === 0 && bursts.length === 0) return [];
      const sleeps = bursts.filter(isSleepInterruption);
      const spent = (nights.get(person.id) ?? []).map(({ cells }) => cells.broken);
      const over = spent.filter((broken) => broken !== null);
      const cells: Record<string, Expected> = {
        user: person.name,
        user_id: person.id,
        on_call_hours: hours,
        interruptions: bursts.length,
        sleep_interruptions: sleeps.length,
        interruptions_per_100_hours: hours > 0 ? (100 * bursts.length) / hours : null,
        nights: spent.length,
        broken_nights: spent.length > 0 && over.length === 0 ? null : over.filter(Boolean).length,
        worst_week_band: worstWeek(person, duty, sleeps),
      };
      return [{ cells, required: true }];
    });
  return { key: ['user_id'], rows };
}
