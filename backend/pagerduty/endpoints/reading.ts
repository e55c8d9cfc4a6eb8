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

/** An incident as one answer tells it, with the ids of its teams. */
export interface ToldIncident {
  row: RowOf<'incident'>;
  teams: readonly string[];
}

/** What answers tell, as rows of the raw tables. */
export interface Reading {
  rows: { [T in Exclude<TableName, 'incident' | 'incident_team'>]?: RowOf<T>[] };
  /** Incidents by id; of one that was told several times, the latest telling. */
  incidents: Map<string, ToldIncident>;
  /** Each thing once for each way in which it is told. */
  mentions: Map<string, Mention>;
  /** Teams that log entries name, for incidents that nobody may read; each once. */
  entryTeams: Map<string, RowOf<'incident_team'>>;
}

/** What turning answers into rows needs to know. */
export interface ReadContext {
  /** Keyed hash of a login e-mail. */
  hashEmail: (email: string) => string;
  /** What a runbook link looks like. */
  runbookPattern: RegExp;
  /** PagerDuty's clock at the answer, epoch milliseconds. */
  at: number;
}

/** A reading of nothing. */
export function emptyReading(): Reading {
  return { rows: {}, incidents: new Map(), mentions: new Map(), entryTeams: new Map() };
}

/** Adds all that `more` tells to `reading`. */
export function addReading(reading: Reading, more: Partial<Reading>): void {
  for (const table of Object.keys(more.rows ?? {}) as ReadTable[]) addRows(reading, more, table);
  for (const [id, told] of more.incidents ?? []) {
    const other = reading.incidents.get(id);
    if (!other || !isOlder(told.row, other.row)) reading.incidents.set(id, told);
  }
  for (const [key, mention] of more.mentions ?? []) reading.mentions.set(key, mention);
  for (const [key, row] of more.entryTeams ?? []) reading.entryTeams.set(key, row);
}

/** True where one telling of an incident must not replace another: it was changed earlier, or, changed as late, told earlier. */
export function isOlder(telling: Version, than: Version): boolean {
  const [changed, before] = [telling.updated_at ?? -Infinity, than.updated_at ?? -Infinity];
  if (changed !== before) return changed < before;
  return (telling.seen_at ?? -Infinity) < (than.seen_at ?? -Infinity);
}

type Version = Pick<RowOf<'incident'>, 'updated_at' | 'seen_at'>;

type ReadTable = keyof Reading['rows'];

function addRows<T extends ReadTable>(reading: Reading, more: Partial<Reading>, table: T): void {
  const rows: RowOf<T>[] = reading.rows[table] ?? [];
  for (const row of (more.rows?.[table] ?? []) as RowOf<T>[]) rows.push(row);
  (reading.rows as Partial<Record<T, RowOf<T>[]>>)[table] = rows;
}
