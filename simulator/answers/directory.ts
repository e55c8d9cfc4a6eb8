import type { Policy, Priority, Team } from '../organisation/things.ts';
import { head, type Lens, perhaps } from './reference.ts';
import { service } from './service.ts';
import { includedSchedule } from './shift-schedule.ts';
import { user } from './user.ts';

/** A team as GET /teams shows it. */
export function team(_lens: Lens, item: Team): object {
  return {
    ...head(item),
    name: item.name,
    description: item.description,
    default_role: 'manager',
    parent: null,
  };
}

/** A priority as GET /priorities shows it. */
export function priority(_lens: Lens, item: Priority): object {
  return { ...head(item), name: item.name, description: item.description };
}

/** An escalation policy as GET /escalation_policies shows it. */
export function policy(lens: Lens, item: Policy): object {
  const { services } = lens.timeline.organisation;
  const own = services.filter((candidate) => candidate.policy === item);
  return {
    ...head(item),
    name: item.name,
    description: null,
    num_loops: item.loops,
    on_call_handoff_notifications: 'if_has_services',
    escalation_rules: item.rules.map((rule) => ({
      id: rule.id,
      escalation_delay_in_minutes: rule.delayMinutes,
      targets: rule.targets.map((target) => targetOf(lens, target)),
      escalation_rule_assignment_strategy: { type: 'assign_to_everyone' },
    })),
    services: own.map((candidate) => perhaps(lens, ['services'], candidate, service)),
    teams: item.team ? [perhaps(lens, ['teams'], item.team, team)] : [],
  };
}

function targetOf(lens: Lens, target: Policy['rules'][number]['targets'][number]): object {
  return target.kind === 'user'
    ? perhaps(lens, ['targets'], target, user)
    : perhaps(lens, ['targets'], target, includedSchedule);
}
