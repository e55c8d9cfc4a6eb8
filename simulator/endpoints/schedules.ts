import { type OnCall, onCall, onCallsOf } from '../answers/on-call.ts';
import { type Rendering, schedule } from '../answers/schedule.ts';
import { user } from '../answers/user.ts';
import { Fault } from '../http/fault.ts';
import { page } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import { DAY } from '../time.ts';
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
    const { schedules } = question.organisation;
    const found = schedules.filter((row) => inTeams(row.teams, question) && named(row, question));
    return page(question, 'schedules', found, (row) => schedule(lens, row, renderingOf(question), false));
  },
  '/schedules/:id': (question) => {
    const found = one(question, ({ schedules }) => schedules, 'schedule_not_found');
    return { schedule: schedule(question.lens(found.zone), found, renderingOf(question), true) };
  },
  '/schedules/:id/users': (question) => {
    const lens = lensOf(question);
    const found = one(question, ({ schedules }) => schedules, 'schedule_not_found');
    const rendering = renderingOf(question);
    const onDuty = rendering ? found.rotation.between(rendering.since, rendering.until) : [];
    const people = rendering ? onDuty.map(({ person }) => person) : found.rotation.people;
    return { users: [...new Set(people)].map((person) => user(lens, person)) };
  },
  '/schedules/:id/overrides': (question) => {
    one(question, ({ schedules }) => schedules, 'schedule_not_found');
    if (question.time('since') === null || question.time('until') === null) {
      throw new Fault('invalid_range', 'since and until must be given.');
    }
    renderingOf(question);
    return { overrides: [] };
  },
  '/v3/schedules': (question) => page(question, 'schedules', [], (row) => row, SHIFT_BASED),
  '/v3/schedules/:id': (question) => {
    one(question, ({ schedules }) => schedules, 'schedule_not_found');
    throw new Fault('invalid_input', 'The schedule is layer-based: ask /schedules for it.');
  },
  '/oncalls': onCalls,
} as const satisfies Record<string, Answer>;

/** Nothing is rendered without a bound; the one that is missing lies two weeks away. */
function renderingOf(question: Question): Rendering {
  const [from, to] = [question.time('since'), question.time('until')];
  if (from === null && to === null) return null;
  const since = from ?? (to as number) - TWO_WEEKS;
  const until = to ?? since + TWO_WEEKS;
  if (since >= until) throw new Fault('invalid_range', 'since must lie before until.');
  return { since, until, overflow: question.flag('overflow') };
}

function onCalls(question: Question): object {
  const { now } = question;
  const since = question.time('since') ?? now;
  const until = question.time('until') ?? Math.max(now, since);
  if (since > until) throw new Fault('invalid_range', 'since must not lie after until.');
  if (until > now + FARTHEST) throw new Fault('invalid_range', 'until must lie at most 90 days ahead.');
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
