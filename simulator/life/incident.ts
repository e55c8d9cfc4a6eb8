import type { Person, Policy, Priority, Service, Team, Thing } from '../organisation/things.ts';

/** What an incident is like at one moment; times are epoch ms. */
export interface State {
  title: string;
  service: Service;
  status: 'triggered' | 'acknowledged' | 'resolved';
  urgency: 'high' | 'low';
  priority: Priority | null;
  policy: Policy;
  teams: Team[];
  assignments: { at: number; person: Person }[];
  assignedVia: 'escalation_policy' | 'direct_assignment';
  acknowledgements: { at: number; by: Thing }[];
  statusChangedAt: number;
  statusChangedBy: Thing | null;
  resolvedAt: number | null;
  mergedInto: Incident | null;
  /** Alerts that the incident holds; a merge moves them. */
  alerts: number;
}

/** Content of a log entry's channel; things in it become references when it is shown. */
export interface Channel {
  type: string;
  [field: string]: unknown;
}

/** One step in the life of an incident, and how it changes the incident; a step that is no log entry leaves no other trace. */
export interface Step {
  time: number;
  change: Partial<State>;
}

/** A step that the log tells. */
export interface LogEntry extends Step {
  id: string;
  /** PagerDuty's type without `_log_entry`. */
  type: string;
  incident: Incident;
  /** The service that the incident belonged to when it was made. */
  service: Service;
  summary: string;
  agent: Thing | null;
  channel: Channel;
  /** The person notified; absent on entries that name nobody there. */
  user?: Person;
  assignees?: Person[];
  /** Further fields as PagerDuty shows them. */
  fields?: Record<string, unknown>;
}

/** An incident with its whole life, also what is yet to come. */
export interface Incident extends Thing {
  kind: 'incident';
  /** Unique per account, in the order of creation; 0 until the incident is there. */
  number: number;
  /** The title and the service that it began with. */
  title: string;
  service: Service;
  key: string | null;
  createdAt: number;
  /** In order of time; entries of one second in order of cause. */
  entries: LogEntry[];
  /** The entries, and the steps between them that are none. */
  steps: Step[];
  /** How it is before its first entry. */
  birth: State;
}
