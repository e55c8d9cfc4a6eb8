/** The kinds of column; `time` is an instant, epoch milliseconds in code and a naive UTC timestamp in SQL. */
export type ColumnType = 'text' | 'whole' | 'number' | 'boolean' | 'time';

/** One column as data. */
export interface Column {
  type: ColumnType;
  /** May be null. */
  optional?: true;
  /** Tells who a person is; what a viewer may see of it is decided in one place. */
  personal?: true;
  /** Holds the id of a person, or of another thing where the row says so. */
  person?: true;
  /** When the harvest saw or wrote the row: two harvests of one account differ here and nowhere else. */
  seen?: true;
}

/** One table as data. */
export interface Table {
  /** Columns that identify a row; writing the same key again replaces the row. */
  key: readonly string[];
  columns: Readonly<Record<string, Column>>;
  /** A time column that never changes for a key, so that a write looks only at its span of time. */
  span?: string;
  /** Rows are written in one transaction with a row of their incident, and tell about its time. */
  along?: 'incident';
  /** `fact` tables are derived from `raw` ones and made anew when rules change; `harvest` is the harvest's own account of itself. */
  kind: 'raw' | 'fact' | 'harvest';
}

/** A required column. */
export const of = <T extends ColumnType>(type: T) => ({ type }) as const;

/** A column that may be null. */
export const maybe = <T extends ColumnType>(type: T) => ({ type, optional: true }) as const;

/** A column that tells who a person is. */
export const personal = <T extends ColumnType>(type: T) =>
  ({ type, optional: true, personal: true }) as const;

/** A column that tells when the harvest saw or wrote the row. */
export const seen = () => ({ type: 'time', optional: true, seen: true }) as const;

/** A column that holds a person's id. */
export const person = <C extends Column>(column: C) => ({ ...column, person: true }) as const;
