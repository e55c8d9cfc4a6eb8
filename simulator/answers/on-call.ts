import { dutyBetween } from '../organisation/duty.ts';
import type { Person, Policy, Schedule } from '../organisation/things.ts';
import { timestamp } from '../time.ts';
import { policy } from './directory.ts';
import { type Lens, perhaps } from './reference.ts';
import { includedSchedule } from './shift-schedule.ts';
import { user } from './user.ts';

/** One stretch of duty, whole; null bounds are permanent, and a person named directly has no schedule. */
export interface OnCall {
  policy: Policy;
  level: number;
  person: Person;
  schedule: Schedule | null;
  start: number | null;
  end: number | null;
}

/** Everybody's duty that overlaps [since, until); at the instant where both are equal. */
export function onCallsOf(policies: readonly Policy[], since: number, until: number): OnCall[] {
  return policies.flatMap((item) =>
    item.rules.flatMap((rule, index) =>
      rule.targets.flatMap((target): OnCall[] => {
        const common = { policy: item, level: index + 1 };
        if (target.kind === 'user') {
          return [{ ...common, person: target, schedule: null, start: null, end: null }];
        }
        const duties = dutyBetween(target, since, until);
        return duties.map(({ person, start, end }) => ({ ...common, schedule: target, person, start, end }));
      }),
    ),
  );
}

/** An on-call as GET /oncalls shows it. */
export function onCall(lens: Lens, duty: OnCall): object {
  const shown = (at: number | null) => (at === null ? null : timestamp(at, lens.zone));
  return {
    escalation_policy: perhaps(lens, ['escalation_policies'], duty.policy, policy),
    escalation_level: duty.level,
    schedule: duty.schedule && perhaps(lens, ['schedules'], duty.schedule, includedSchedule),
    user: perhaps(lens, ['users'], duty.person, user),
    start: shown(duty.start),
    end: shown(duty.end),
  };
}
