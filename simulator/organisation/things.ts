import type { Rotation } from './rotation.ts';

/** What PagerDuty calls the type of a thing, without `_reference`. */
export type Kind =
  | 'user'
  | 'team'
  | 'service'
  | 'integration'
  | 'escalation_policy'
  | 'schedule'
  | 'schedule_v3'
  | 'priority'
  | 'incident';

/** Anything that a reference can point to. */
export interface Thing {
  kind: Kind;
  id: string;
  name: string;
  /** When it is deleted, epoch ms; never if absent. */
  goneAt?: number | undefined;
  /** True once it is gone: its references stay, and nothing else. */
  deleted?: boolean;
}

/** True for what is deleted at an instant. */
export function isGone({ goneAt }: Thing, at: number): boolean {
  return goneAt !== undefined && goneAt <= at;
}

/** A person; `zone` null means the account's. */
export interface Person extends Thing {
  kind: 'user';
  email: string;
  /** The zone that PagerDuty shows; it may be changed. */
  zone: string | null;
  /** The zone that they sleep in. */
  home: string | null;
  role: string;
  jobTitle: string | null;
  teams: Team[];
  /** How this person wants to be told of urgent incidents. */
  habit: Habit;
}

/** Names of the rules by which people are notified. */
export type Habit = 'swift' | 'patient' | 'push_only' | 'pager' | 'exact_below' | 'exact_at' | 'exact_above';

/** A team of people. */
export interface Team extends Thing {
  kind: 'team';
  description: string | null;
}

/** Who is on duty when; a `schedule_v3` is shift-based and may have several people at once. */
export interface Schedule extends Thing {
  kind: 'schedule' | 'schedule_v3';
  zone: string;
  teams: Team[];
  /** People taking turns side by side; a layer-based schedule has one such rotation. */
  rotations: Rotation[];
  /** How often a week somebody takes over from the first rotation. */
  overridesAWeek: number;
}

/** One step of a policy: who is told, and how long it waits before the next. */
export interface Rule {
  id: string;
  delayMinutes: number;
  targets: (Schedule | Person)[];
}

/** Who is told in which order. */
export interface Policy extends Thing {
  kind: 'escalation_policy';
  team: Team | null;
  loops: number;
  rules: Rule[];
}

/** How urgent a service's incidents are. */
export type UrgencyRule = 'high' | 'low' | 'severity_based' | 'support_hours';

/** The kinds of integration that events come through. */
export type IntegrationKind = 'api' | 'email' | 'nagios' | 'auto';

/** Where a service's events come from. */
export interface Integration extends Thing {
  kind: 'integration';
  channel: IntegrationKind;
}

/** A monitored service; time-outs in seconds, null for none. */
export interface Service extends Thing {
  kind: 'service';
  /** What monitoring calls it, also once it is renamed. */
  slug: string;
  description: string | null;
  team: Team;
  policy: Policy;
  integration: Integration;
  urgency: UrgencyRule;
  autoResolveTimeout: number | null;
  acknowledgementTimeout: number | null;
  /** How often it has incidents, relative to the others. */
  weight: number;
  /** The names of the problems that it has. */
  problems: string[];
  createdAt: number;
}

/** How bad an incident is; most severe first in lists. */
export interface Priority extends Thing {
  kind: 'priority';
  description: string;
}

/** Who and what there is, also what is deleted. */
export interface Organisation {
  zone: string;
  people: Person[];
  /** Those among the people who help every team until they leave. */
  helpers: Person[];
  teams: Team[];
  services: Service[];
  policies: Policy[];
  schedules: Schedule[];
  priorities: Priority[];
}
