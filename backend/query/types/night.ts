import { nightSpan, nightsIn } from '../../calendar/night.ts';
import { DAY, HOUR } from '../../clock.ts';
import { flag, number, text, thing } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { type Coverage, onCallNotices } from '../coverage.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { type Matcher, namesOf, resolveFilters } from '../filter.ts';
import type { TableAnswer } from '../frame.ts';
import { type NightLoad, nightLoad } from '../nights.ts';
import { type NightHours, nightHoursIn, type PageRow, pagesIn } from '../people-rows.ts';
import { clocksOf } from '../person-clock.ts';
import type { Question } from '../question.ts';
import { cut } from '../rows.ts';
import type { Span } from '../spans.ts';
import { FIELDS } from './fields.ts';
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

/** How far back from a night a page may have begun that keeps somebody awake in it, with room. */
const LOOK_BACK = 2 * DAY;

/** How every person's nights went: those that begin in the range on which they were on call, woken or awake. */
export const night: QueryType = {
  title: 'Nights',
  description: 'Per person and night: interruptions, time awake and the longest sleep left.',
  fields: [FIELDS.filters, FIELDS.limit],
  example: { limit: 500 },
  async answer(question, context): Promise<TableAnswer> {
    const matchers = await resolveFilters(context.reader, question.filters, context.signal);
    const nights = await nightsOf(question, context, matchers);
    const { kept, notices } = cut(nights, question.limit, 'nights');
    const names = await namesOf(
      context.reader,
      DIMENSIONS.user,
      kept.map((row) => row.user_id),
      context.signal,
    );
    const rows = kept.map((row) => ({ ...row, user: names.get(row.user_id) ?? row.user_id }));
    const unknown = onCallNotices('on_call_hours', context.coverage, question.from);
    return { kind: 'table', columns: COLUMNS, rows, notices: [...notices, ...unknown] };
  },
};

interface NightRow extends Record<string, string | number | boolean | null> {
  user_id: string;
  night: string;
}

async function nightsOf(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<NightRow[]> {
  const until = context.coverage.until ?? question.from;
  const [pages, hours] = await Promise.all([
    pagesIn(context, question, matchers, question.from - LOOK_BACK, Math.max(until, question.to)),
    nightHoursIn(
      context,
      question,
      matchers,
      question.from - DAY,
      Math.max(question.from, Math.min(until, question.to + DAY)),
    ),
  ]);
  const pagesByUser = Map.groupBy(pages, (page) => page.user_id);
  const hoursByUser = Map.groupBy(hours, (row) => row.user_id);
  const users = [...new Set([...pagesByUser.keys(), ...hoursByUser.keys()])].sort();
  const clockOf = await clocksOf(context, users);
  return users.flatMap((user) => {
    const person = { pages: pagesByUser.get(user) ?? [], hours: hoursByUser.get(user) ?? [] };
    const { zone, hours: limits } = clockOf(user, question.to);
    return nightsIn(zone, limits, question.from - DAY, question.to + DAY).flatMap((date) => {
      const there = clockOf(user, Date.parse(date) + DAY);
      const span = nightSpan(there.zone, there.hours, date);
      if (span.start < question.from || span.start >= question.to) return [];
      const cells = cellsOf(person, date, span, context.coverage);
      return cells ? [{ user_id: user, night: date, ...cells }] : [];
    });
  });
}

interface PersonRows {
  /** In order of time, as far as anything is known, so that the first interruption after a night is among them. */
  pages: readonly PageRow[];
  hours: readonly NightHours[];
}

/** The cells of one night; null where the person was neither on call nor disturbed. What is not harvested is null. */
function cellsOf(person: PersonRows, date: string, span: Span, coverage: Coverage) {
  const disturbing = person.pages.filter((page) => page.time < span.end && page.awake_until > span.start);
  const interruptions = person.pages.filter(
    (page) => page.interruption && page.time >= span.start && page.time < span.end,
  );
  const known = person.hours.find((row) => row.night === date)?.hours ?? 0;
  if (disturbing.length === 0 && interruptions.length === 0 && known === 0) return null;
  const { from, until, onCallFrom } = coverage;
  const onCall = { on_call_hours: onCallFrom !== null && onCallFrom <= span.start ? known : null };
  if (from === null || until === null || span.start < from) return { ...onCall, ...UNKNOWN, ...NOT_OVER };
  const awake = disturbing.map((page) => ({ start: page.time, end: page.awake_until }));
  const load = nightLoad(span, awake, interruptions.length);
  const rest = span.end <= until ? ended(load, person, span) : NOT_OVER;
  return { ...onCall, sleep_interruptions: interruptions.length, ...rest };
}

const UNKNOWN = { sleep_interruptions: null };

const NOT_OVER = {
  awake_minutes: null,
  longest_block_minutes: null,
  broken: null,
  severe: null,
  recovery_hours: null,
};

function ended(load: NightLoad, person: PersonRows, span: Span) {
  const next = load.broken
    ? person.pages.find((page) => page.interruption && page.time >= span.end)
    : undefined;
  return {
    awake_minutes: load.awakeMinutes,
    longest_block_minutes: load.longestBlockMinutes,
    broken: load.broken,
    severe: load.severe,
    recovery_hours: next ? (next.time - span.end) / HOUR : null,
  };
}
