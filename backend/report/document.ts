/** A cell as people read it, perhaps with the page it leads to. */
export interface Cell {
  text: string;
  url?: string;
}

/** A table with a heading; `empty` says what it means that there is no row. */
export interface Section {
  title: string;
  columns: string[];
  rows: Cell[][];
  empty: string;
}

/** A report before it is written in any format. */
export interface Document {
  title: string;
  /** The period, its zone, and what was selected. */
  subtitle: string;
  sections: Section[];
  /** What a reader must mind: incomplete data, faults of files, a simulated account. */
  warnings: string[];
}
