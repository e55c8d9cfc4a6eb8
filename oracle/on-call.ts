import type { Account } from './account.ts';
import type { Interval } from './intervals.ts';
import type { Directory, Named, Person } from './people.ts';

/** A person's duty for one policy, with infinite bounds where it is permanent. */
export interface Duty extends Interval {
  person: Person;
  level: number;
  escalationPolicy: Named;
  schedule: Named | null;
  teams: Named[];
}

/** Every stretch of duty that the account tells; the teams are those of the policy. */
export function dutiesOf(account: Account, directory: Directory): Duty[] {
  const teams = new Map(account.escalationPolicies.map((policy) => [policy.id, policy.teams ?? []]));
  return account.onCalls.map((onCall) => ({
    person: directory.person(onCall.user),
    level: onCall.escalation_level,
    escalationPolicy: directory.escalationPolicy(onCall.escalation_policy),
    schedule: onCall.schedule ? directory.schedule(onCall.schedule) : null,
    teams: (teams.get(onCall.escalation_policy.id) ?? []).map(directory.team),
    from: onCall.start ? Date.parse(onCall.start) : Number.NEGATIVE_INFINITY,
    to: onCall.end ? Date.parse(onCall.end) : Number.POSITIVE_INFINITY,
  }));
}
