import { DAY } from '../clock.ts';
import { column, type Statement, sql } from '../sql/statement.ts';

/** What the rows of a metric are: incidents, their escalations and reassignments (`step`), all log entries, notifications or pages to people, or pieces of on-call time. */
export type Family = keyof typeof FAMILIES;

/** A table joined to a family's rows where something is asked of it: `row` is what its key is looked up by. */
interface Joined {
  table: Statement;
  key: Statement;
  row: Statement;
  /** Every row that counts has one there. */
  always: boolean;
  /** The family has many more rows than it: of it only those are joined that rows of the range lead to. */
  fewer?: true;
  /** A column of it that is the same instant as that of the family named, so that only the span of time of its rows is looked through. */
  like?: { instant: Statement; column: Statement };
}

interface Rows {
  from: Statement;
  /** By alias. */
  joins: Readonly<Record<string, Joined>>;
  /** The instants by which a row can be placed in time. */
  instants: Record<string, Statement>;
  /** The family whose dimensions it shares where it has none of its own. */
  like?: 'incident' | 'people';
}

const factOf = (row: Statement): Joined => ({
  table: sql`"incident_fact"`,
  key: sql`"incident_id"`,
  row,
  always: false,
});

const CREATED = column('f', 'created_at');

/** The rows of each family; aliases f (incident_fact or step), i (incident, for what is merely shown of it), e (log_entry), p (page or notification), s (shift) are fixed. */
export const FAMILIES = {
  incident: {
    from: sql`"incident_fact" AS "f"`,
    joins: {
      i: {
        table: sql`"incident"`,
        key: sql`"id"`,
        row: column('f', 'incident_id'),
        always: true,
        like: { instant: CREATED, column: column('i', 'created_at') },
      },
    },
    instants: { created_at: CREATED, resolved_at: column('f', 'resolved_at') },
  },
  step: {
    from: sql`"step" AS "f"`,
    joins: {},
    instants: { created_at: CREATED },
    like: 'incident',
  },
  entry: {
    from: sql`"log_entry" AS "e"`,
    joins: {
      f: { ...factOf(column('e', 'incident_id')), fewer: true },
    },
    instants: { created_at: column('e', 'created_at') },
    like: 'incident',
  },
  people: {
    from: sql`"page" AS "p"`,
    joins: {
      f: factOf(column('p', 'incident_id')),
    },
    instants: { time: column('p', 'time') },
  },
  notification: {
    from: sql`"notification" AS "p"`,
    joins: {
      f: { ...factOf(column('p', 'incident_id')), fewer: true },
    },
    instants: { time: column('p', 'time') },
    like: 'people',
  },
  on_call: {
    from: sql`"shift" AS "s"`,
    joins: {},
    instants: { time: column('s', 'start') },
  },
} as const satisfies Record<string, Rows>;

/** A page may be a little older than its incident says it is, by so many ms at most. */
export const EARLIEST_PAGE = DAY;

/** The rows of a family and what may be joined to them. */
export function rowsOfFamily(family: Family): Rows {
  return FAMILIES[family];
}

/** The family whose dimensions a family shares: itself where it has its own. */
export function kindOf(family: Family): Family {
  return rowsOfFamily(family).like ?? family;
}
