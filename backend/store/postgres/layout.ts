import type { TableName } from '../../model/index.ts';
import { join, name, type Statement, sql } from '../../sql/statement.ts';
import type { Layout } from '../schema.ts';

/** PostgreSQL's tables: keyed, with text compared byte by byte, as in DuckDB and in code. */
export const POSTGRES_LAYOUT = {
  types: {
    text: sql`text COLLATE "C"`,
    whole: sql`bigint`,
    number: sql`float8`,
    boolean: sql`boolean`,
    time: sql`timestamp`,
  },
  keyed: true,
} as const satisfies Layout;

/** The columns by which rows are looked for beside their keys. */
const INDEXES = {
  incident: [['created_at'], ['resolved_at']],
  incident_fact: [['created_at'], ['resolved_at'], ['fingerprint']],
  step: [['created_at'], ['incident_id']],
  log_entry: [['created_at'], ['incident_id']],
  page: [['time'], ['user_id', 'time'], ['incident_id']],
  notification: [['time'], ['incident_id']],
  shift: [['start']],
  on_call: [['user_id']],
} as const satisfies Partial<Record<TableName, readonly (readonly string[])[]>>;

/** An index by its name and the statement that makes it. */
export interface Index {
  name: string;
  statement: Statement;
}

/** Every index that a store has beside its keys. */
export const POSTGRES_INDEXES: readonly Index[] = Object.entries(INDEXES).flatMap(([table, indexes]) =>
  indexes.map((columns) => {
    const index = `${table}_${columns.join('_')}`;
    const list = join(columns.map(name), ', ');
    return { name: index, statement: sql`CREATE INDEX ${name(index)} ON ${name(table)} (${list})` };
  }),
);
