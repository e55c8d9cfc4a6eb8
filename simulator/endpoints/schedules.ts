import { type OnCall, onCall, onCallsOf } from '../answers/on-call.ts';
import { type Lens, reference } from '../answers/reference.ts';
import { overrides, peopleOf, type Rendering, schedule } from '../answers/schedule.ts';
import { shiftSchedule } from '../answers/shift-schedule.ts';
import { user } from '../answers/user.ts';
import { ApiError } from '../http/api-error.ts';
import { page } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import { dutyBetween } from '../organisation/duty.ts';
import type { Organisation, Schedule } from '../organisation/things.ts';
import { DAY, timestamp } from '../time.ts';
import { type Answer, lensOf, one } from './answer.ts';
import { inTeams, named } from './filters.ts';

const TWO_WEEKS = 14 * DAY;
const FARTHEST = 90 * DAY;

/** How shift-based schedules are paged. */
const SHIFT_BASED = { usual: 100, most: 1000 };

/** Schedules, and who is on call. */
export const SCHEDULE_ANSWERS = {
  '/schedules': (question) => {
    const lens = lensOf(question);
    const found = layered(question.organisation).filter(
      (row) => inTeams(row.teams, question) && named(row, question),
    );
    return page(question, 'schedules', found, (row) => ({
      ...schedule(lens, row, renderingOf(question), false),
      ...nextFor(question, lens, row),
    }));
  },
  '/schedules/:id': (question) => {
    const found = one(question, layered, 'schedule_not_found');
    const lens = question.lens(found.zone);
    const shown = schedule(lens, found, renderingOf(question), true);
    return { schedule: { ...shown, ...nextFor(question, lens, found) } };
  },
  '/schedules/:id/users': (question) => {
    const lens = lensOf(question);
    const found = one(question, layered, 'schedule_not_found');
    const range = renderingOf(question);
    const onDuty = range
      ? dutyBetween(found, range.since, range.until).map(({ person }) => person)
      : peopleOf(found);
    return { users: [...new Set(onDuty)].map((person) => user(lens, person)) };
  },
  '/schedules/:id/overrides': (question) => {
    const found = one(question, layered, 'schedule_not_found');
    const range = renderingOf(question);
    if (range === null || question.text('since') === null || question.text('until') === null) {
      throw new ApiError('invalid_range', 'since and until must be given.');
    }
    return { overrides: overrides(question.lens(found.zone), found, range) };
  },
  '/v3/schedules': (question) => {
    const found = shiftBased(question.organisation).filter(
      (row) => inTeams(row.teams, question) && named(row, question),
    );
    const show = (row: Schedule) => ({
      ...reference(row),
      ...(question.ways.nameless && { summary: null }),
    });
    const { total: _, ...body } = page(question, 'schedules', found, show, SHIFT_BASED);
    return body;
  },
  '/v3/schedules/:id': (question) => {
    const isOther = layered(question.organisation).some(({ id }) => id === question.id);
    if (isOther) throw new ApiError('invalid_input', 'This schedule is layer-based: ask /schedules for it.');
    const found = one(question, shiftBased, 'schedule_not_found');
    return { schedule: shiftSchedule(question.lens(found.zone), found, renderingOf(question)) };
  },
  '/oncalls': onCalls,
} as const satisfies Record<string, Answer>;

/** Schedules of the v3 kind are not among the others. */
function layered({ schedules }: Organisation): Schedule[] {
  return schedules.filter(({ kind }) => kind === 'schedule');
}

function shiftBased({ schedules }: Organisation): Schedule[] {
  return schedules.filter(({ kind }) => kind === 'schedule_v3');
}

/** Nothing is rendered without a bound; the one that is missing lies two weeks away. */
function renderingOf(question: Question): Rendering {
  const [from, to] = [question.time('since'), question.time('until')];
  if (from === null && to === null) return null;
  const since = from ?? (to as number) - TWO_WEEKS;
  const until = to ?? since + TWO_WEEKS;
  if (since >= until) throw new ApiError('invalid_range', 'since must lie before until.');
  return { since, until, overflow: question.flag('overflow') };
}

/** The next stretch of duty of the person that include_next_oncall_for_user names, if it does. */
function nextFor(question: Question, lens: Lens, item: Schedule): object {
  const asked = question.text('include_next_oncall_for_user');
  if (asked === null) return {};
  const ahead = dutyBetween(item, question.now, question.now + FARTHEST);
  const next = ahead.find(({ person, start }) => person.id === asked && start > question.now);
  return {
    next_oncall_for_user: next
      ? {
          user: reference(next.person),
          start: timestamp(next.start, lens.zone),
          end: timestamp(next.end, lens.zone),
        }
      : null,
  };
}

function onCalls(question: Question): object {
  const { now } = question;
  const since = question.time('since') ?? now;
  const until = question.time('until') ?? Math.max(now, since);
  if (since > until) throw new ApiError('invalid_range', 'since must not lie after until.');
  if (until > now + FARTHEST) throw new ApiError('invalid_range', 'until must lie at most 90 days ahead.');
  const duties = onCallsOf(question.organisation.policies, since, until);
  const fitting = duties.filter((duty) => isAsked(duty, question));
  const found = question.flag('earliest') ? earliest(fitting) : fitting;
  const lens = lensOf(question);
  return page(question, 'oncalls', found, (duty) => onCall(lens, duty));
}

/** The element `null` among the schedules stands for people who are named directly. */
function isAsked({ person, policy, schedule: own }: OnCall, question: Question): boolean {
  const asked = { user_ids: person.id, escalation_policy_ids: policy.id, schedule_ids: own?.id ?? 'null' };
  return Object.entries(asked).every(([name, id]) => {
    const wanted = question.list(name);
    return wanted.length === 0 || wanted.includes(id);
  });
}

/** The first stretch of each person at each level of each policy. */
function earliest(duties: readonly OnCall[]): OnCall[] {
  const key = ({ policy, level, person }: OnCall) => `${policy.id}/${level}/${person.id}`;
  const first = new Map<string, OnCall>();
  for (const duty of duties) {
    const known = first.get(key(duty));
    if (!known || (duty.start ?? 0) < (known.start ?? 0)) first.set(key(duty), duty);
  }
  return [...first.values()];
}
