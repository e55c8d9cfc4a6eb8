import type { FileSettings } from '../config.ts';
import { rulesOf } from '../model/facts/rules.ts';
import type { Span } from '../model/facts/shifts.ts';
import type { Writer } from '../store/store.ts';
import { deriveIncidents } from './derive-incidents.ts';
import { incidentsReached, type TouchedDirectory } from './derive-reach.ts';
import { deriveShifts } from './derive-shifts.ts';

/** What a transaction wrote, so that the facts it can influence are derived again. */
export interface Touched extends TouchedDirectory {
  /** Incidents whose row or log entries were written, those that cannot be read included. */
  incidents?: Iterable<string>;
  /** People of whom on-call rows were written, changed or removed. */
  onCall?: Iterable<string>;
  /** The span that those rows and a growth of `covered` reach over; everything that is covered where absent. */
  onCallSpan?: Span;
}

/** What facts depend on besides the rows. */
export interface DeriveContext {
  settings: FileSettings;
  /** The span to which on-call time is cut, permanent entries above all; null while PagerDuty told nothing of it. */
  covered: Span | null;
}

/**
 * Derives again, inside the harvest's transaction, every fact that the touched rows can influence and no other: pages,
 * the bursts that they are in, incident facts, the flapping of their fingerprints, and shifts. Rows that come out as
 * they are stored are not written. Throws AppError `store`.
 */
export async function derive(writer: Writer, touched: Touched, context: DeriveContext): Promise<void> {
  const { settings, covered } = context;
  const rules = rulesOf(settings);
  const reached = await incidentsReached(writer, touched, settings);
  await deriveIncidents(writer, [...(touched.incidents ?? []), ...reached], rules);
  if (!covered) return;
  await deriveShifts(writer, [...(touched.users ?? [])], { changed: covered, covered }, rules);
  const changed = touched.onCallSpan ?? covered;
  await deriveShifts(writer, [...(touched.onCall ?? [])], { changed, covered }, rules);
}
