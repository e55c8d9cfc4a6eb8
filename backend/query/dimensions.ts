import type { Hours } from '../calendar/hours.ts';
import { titleOf } from '../model/facts/fingerprint.ts';
import { column, instant, type Statement, sql } from '../sql/statement.ts';
import { type Family, kindOf } from './families.ts';
import { hourClassSql } from './local-time.ts';

/** What an expression may need of the question: the row's wall clock in the query's zone, and the account's hours. */
export interface RowTime {
  clock: Statement;
  hours: Hours;
}

/** The time in which the rows lie, [from, to). */
interface Range {
  from: number;
  to: number;
}

/** Where a row's value is found: one expression, or a table of ("row", "value") pairs where a row may have several, those of rows of the range at least. */
export type Source =
  | { one: (time: RowTime) => Statement }
  | { many: (range: Range) => Statement; row: Statement };

/** A value of a dimension with its name. */
export interface Known {
  id: string;
  name: string;
}

/** One way to group and filter. */
export interface Dimension extends Partial<Record<Family, Source>> {
  title: string;
  description: string;
  /** A thing with an id beside its name: two columns, and labels for both. */
  thing: boolean;
  type: 'string' | 'number';
  /** The name of an id that tells it. */
  nameOf?: (id: string) => string;
  /** Every value there is: a SELECT of "id" and "name", or a fixed list. */
  known: Statement | readonly Known[];
}

const one = (expression: Statement): Source => ({ one: () => expression });

const words = (...values: string[]): Known[] => values.map((value) => ({ id: value, name: value }));

const directory = (table: Statement) => sql`SELECT "id", COALESCE("name", "id") AS "name" FROM ${table}`;

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const incidentTeams = () => sql`(SELECT "incident_id" AS "row", "team_id" AS "value" FROM "incident_team")`;

/** Pairs of an escalation policy and one of its teams. */
export const POLICY_TEAMS = sql`(SELECT "escalation_policy_id" AS "row", "team_id" AS "value" FROM "policy_team")`;

/** Pairs of a row (a page or notification) and a schedule on which its person was on call, at any level, in the incident's policy at that time. */
const schedulesOf = (table: Statement, within: Statement) =>
  sql`(SELECT DISTINCT "x"."id" AS "row", "o"."schedule_id" AS "value" FROM ${table} AS "x" JOIN "on_call" AS "o" ON "o"."user_id" = "x"."user_id" AND "o"."escalation_policy_id" = "x"."escalation_policy_id" AND "o"."schedule_id" IS NOT NULL AND ("o"."start" IS NULL OR "o"."start" <= "x"."time") AND ("o"."end" IS NULL OR "o"."end" > "x"."time") WHERE ${within})`;

const schedulesIn =
  (table: Statement) =>
  ({ from, to }: Range) =>
    schedulesOf(table, sql`"x"."time" >= ${instant(from)} AND "x"."time" < ${instant(to)}`);

/** Pairs of a page, of those for which a condition on "x" holds, and a schedule on which the paged person was on call. */
export function pageSchedules(within: Statement): Statement {
  return schedulesOf(sql`"page"`, within);
}

/** Every dimension; a family without an entry cannot use it. */
export const DIMENSIONS = {
  service: {
    title: 'Service',
    description: 'The PagerDuty service, as the incident has it now.',
    thing: true,
    type: 'string',
    known: directory(sql`"service"`),
    incident: one(column('f', 'service_id')),
    entry: one(sql`COALESCE("f"."service_id", "e"."service_id")`),
    people: one(column('p', 'service_id')),
  },
  team: {
    title: 'Team',
    description: "The incident's teams; of on-call time, the escalation policy's.",
    thing: true,
    type: 'string',
    known: directory(sql`"team"`),
    incident: { many: incidentTeams, row: column('f', 'incident_id') },
    step: { many: incidentTeams, row: column('f', 'incident_id') },
    entry: { many: incidentTeams, row: column('e', 'incident_id') },
    people: { many: incidentTeams, row: column('p', 'incident_id') },
    on_call: {
      many: () => POLICY_TEAMS,
      row: column('s', 'escalation_policy_id'),
    },
  },
  escalation_policy: {
    title: 'Escalation policy',
    description: 'The escalation policy, as the incident has it now.',
    thing: true,
    type: 'string',
    known: directory(sql`"escalation_policy"`),
    incident: one(column('f', 'escalation_policy_id')),
    people: one(column('p', 'escalation_policy_id')),
    on_call: one(column('s', 'escalation_policy_id')),
  },
  schedule: {
    title: 'Schedule',
    description: 'The schedules on which the person was on call in the policy of the incident.',
    thing: true,
    type: 'string',
    known: directory(sql`"schedule"`),
    people: { many: schedulesIn(sql`"page"`), row: column('p', 'id') },
    notification: { many: schedulesIn(sql`"notification"`), row: column('p', 'id') },
    on_call: one(column('s', 'schedule_id')),
  },
  user: {
    title: 'Person',
    description: 'The person who was paged or on call.',
    thing: true,
    type: 'string',
    known: directory(sql`"user"`),
    people: one(column('p', 'user_id')),
    on_call: one(column('s', 'user_id')),
  },
  urgency: {
    title: 'Urgency',
    description: 'high or low: of incidents at present, of pages at page time.',
    thing: false,
    type: 'string',
    known: words('high', 'low'),
    incident: one(column('f', 'urgency')),
    people: one(column('p', 'urgency')),
  },
  priority: {
    title: 'Priority',
    description: 'The priority: of incidents at present, of pages at page time.',
    thing: true,
    type: 'string',
    known: directory(sql`"priority"`),
    incident: one(column('f', 'priority_id')),
    people: one(column('p', 'priority_id')),
  },
  status: {
    title: 'Status',
    description: "The incident's present status.",
    thing: false,
    type: 'string',
    known: words('triggered', 'acknowledged', 'resolved'),
    incident: one(column('f', 'status')),
    people: one(column('f', 'status')),
  },
  category: {
    title: 'Category',
    description: 'The first matching category rule of the configuration, else the normalised title.',
    thing: false,
    type: 'string',
    known: sql`SELECT DISTINCT "category" AS "id", "category" AS "name" FROM "incident_fact"`,
    incident: one(column('f', 'category')),
    people: one(column('p', 'category')),
  },
  fingerprint: {
    title: 'Alert',
    description: 'The same alert seen again: the service and the title without its numbers, hosts and times.',
    thing: true,
    type: 'string',
    known: sql`SELECT DISTINCT "fingerprint" AS "id", "fingerprint_title" AS "name" FROM "incident_fact"`,
    nameOf: titleOf,
    incident: one(column('f', 'fingerprint')),
    people: one(column('p', 'fingerprint')),
  },
  hour_class: {
    title: 'Hour class',
    description:
      "business, off or sleep: in the person's zone for pages and on-call time, in the query's for incidents.",
    thing: false,
    type: 'string',
    known: words('business', 'off', 'sleep'),
    incident: { one: (time) => hourClassSql(time.clock, time.hours) },
    people: one(column('p', 'hour_class')),
    on_call: one(column('s', 'hour_class')),
  },
  weekday: {
    title: 'Weekday',
    description:
      "1 = Monday to 7 = Sunday: in the person's zone for pages and on-call time, in the query's for incidents.",
    thing: false,
    type: 'number',
    known: WEEKDAYS.map((day, index) => ({ id: String(index + 1), name: day })),
    incident: { one: (time) => sql`CAST(EXTRACT(isodow FROM ${time.clock}) AS bigint)` },
    people: one(column('p', 'weekday')),
    on_call: one(column('s', 'weekday')),
  },
  hour: {
    title: 'Hour',
    description:
      "The hour of the day, 0-23: in the person's zone for pages and on-call time, in the query's for incidents.",
    thing: false,
    type: 'number',
    known: Array.from({ length: 24 }, (_, hour) => ({ id: String(hour), name: `${hour}:00` })),
    incident: { one: (time) => sql`CAST(EXTRACT(hour FROM ${time.clock}) AS bigint)` },
    people: one(column('p', 'hour')),
    on_call: one(column('s', 'hour')),
  },
  means: {
    title: 'Means',
    description: "How a notification, or a page's first one, went out: push, sms, phone, email or unknown.",
    thing: false,
    type: 'string',
    known: words('push', 'sms', 'phone', 'email', 'unknown'),
    people: one(column('p', 'means')),
  },
  resolved_by: {
    title: 'Resolved by',
    description: 'Who resolved the incident: user, timeout or integration.',
    thing: false,
    type: 'string',
    known: words('user', 'timeout', 'integration'),
    incident: one(column('f', 'resolved_by')),
    people: one(column('f', 'resolved_by')),
  },
} as const satisfies Record<string, Dimension>;

/** The name of a dimension. */
export type DimensionName = keyof typeof DIMENSIONS;

/** The dimensions by name, as code that is not about one of them sees them. */
export const dimensions: Readonly<Record<string, Dimension>> = DIMENSIONS;

/** Where a family finds a dimension's value; undefined where the two do not go together. */
export function sourceFor(dimension: Dimension, family: Family): Source | undefined {
  return dimension[family] ?? dimension[kindOf(family)];
}

/** The names of the dimensions that go with a family. */
export function dimensionsOf(family: Family): string[] {
  return Object.entries(dimensions).flatMap(([name, dimension]) =>
    sourceFor(dimension, family) ? [name] : [],
  );
}
