import type { Person, Policy, Priority, Service, Team, Thing } from '../organisation/things.ts';

/** What an incident is like at one moment; times are epoch ms. */
export interface State {
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

/** One step in the life of an incident, and how it changes the incident. */
export interface LogEntry {
  id: string;
  /** PagerDuty's type without `_log_entry`. */
  type: string;
  time: number;
  incident: Incident;
  summary: string;
  agent: Thing | null;
  channel: Channel;
  /** The person notified; absent on entries that name nobody there. */
  user?: Person;
  assignees?: Person[];
  /** Further fields as PagerDuty shows them. */
  fields?: Record<string, unknown>;
  change: Partial<State>;
}

/** An incident with its whole life, also what is yet to come. */
export interface Incident extends Thing {
  kind: 'incident';
  /** Unique per account, in the order of creation; 0 until the incident is there. */
  number: number;
  title: string;
  key: string | null;
  service: Service;
  createdAt: number;
  /** In order of time; entries of one second in order of cause. */
  entries: LogEntry[];
  /** How it is before its first entry. */
  birth: State;
}
