/** What a cell of a table holds. */
export type Cell = string | number | boolean | null;

/** Names or ids that stand joined by a comma, in any order. */
export interface Joined {
  joined: string[];
}

/** A cell that may hold any of several values, where the definitions leave it open. */
export interface OneOf {
  oneOf: (Cell | Joined)[];
}

/** What the oracle expects of one cell. */
export type Expected = Cell | OneOf | Joined;

/** A row by column name; one that is not required may also be left out, as it says nothing but 0 or null. */
export interface ExpectedRow {
  cells: Record<string, Expected>;
  required: boolean;
}

/** The expected rows of a question, matched to the given ones by the cells of the key columns. */
export interface Answer {
  key: string[];
  rows: ExpectedRow[];
}

/** The rows that were given, by column name. */
export type GivenRow = Record<string, Cell | undefined>;
