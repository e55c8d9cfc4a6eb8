import type { RowOf, TableName } from '../../model/index.ts';

/** Tables whose things other answers mention by id and name. */
export type MentionedTable = 'user' | 'service' | 'team' | 'escalation_policy' | 'schedule' | 'priority';

/** A thing that an answer names in passing; it may be deleted, and then no list has it. */
export interface Mention {
  table: MentionedTable;
  id: string;
  name: string | null;
  url: string | null;
}

/** What answers tell, as rows of the raw tables. */
export interface Reading {
  rows: { [T in TableName]?: RowOf<T>[] };
  mentions: Mention[];
  /** Teams that log entries name, for incidents that nobody may read. */
  entryTeams: RowOf<'incident_team'>[];
}

/** What turning answers into rows needs to know. */
export interface ReadContext {
  /** Keyed hash of a login e-mail. */
  hashEmail: (email: string) => string;
  /** What a runbook link looks like. */
  runbookPattern: RegExp;
}

/** A reading of nothing. */
export function emptyReading(): Reading {
  return { rows: {}, mentions: [], entryTeams: [] };
}

/** Adds all that `more` tells to `reading`. */
export function addReading(reading: Reading, more: Partial<Reading>): void {
  for (const table of Object.keys(more.rows ?? {}) as TableName[]) addRows(reading, more, table);
  reading.mentions.push(...(more.mentions ?? []));
  reading.entryTeams.push(...(more.entryTeams ?? []));
}

function addRows<T extends TableName>(reading: Reading, more: Partial<Reading>, table: T): void {
  const rows: RowOf<T>[] = reading.rows[table] ?? [];
  rows.push(...((more.rows?.[table] ?? []) as RowOf<T>[]));
  (reading.rows as Partial<Record<T, RowOf<T>[]>>)[table] = rows;
}
