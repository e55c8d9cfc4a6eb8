import type { FileSettings } from '../config.ts';
import { emptyReading, type Reading } from '../pagerduty/endpoints/reading.ts';
import { instant, sql } from '../sql/statement.ts';
import type { Store, Writer } from '../store/store.ts';
import { createTurns } from '../turns.ts';
import { refuseForeign } from './account.ts';
import { type CoverageRow, onCallCovered, type Remarks, timedCoverage } from './coverage.ts';
import { derive } from './derive.ts';
import type { TouchedDirectory } from './derive-reach.ts';
import type { Faults } from './faults.ts';
import { type Hide, hiding } from './forgotten.ts';
import type { Refused } from './incidents.ts';
import { type Ledger, NOTES, type NotedNumber, windowKey } from './ledger.ts';
import type { WholeSpan } from './on-call-past.ts';
import { writeOnCalls } from './on-call-rows.ts';
import type { Window } from './plan.ts';
import type { RequestBook } from './request-book.ts';
import { retained } from './retained.ts';
import { writeReading } from './write.ts';

/** What goes into one transaction: rows, what else to write with them, and how far the harvest is then. */
export interface Change {
  reading?: Reading;
  refused?: readonly Refused[];
  windows?: readonly Window[];
  notes?: Partial<Record<NotedNumber, number>>;
  account?: NonNullable<Ledger['account']>;
  coverage?: readonly CoverageRow[];
  /** Brings the stored directory to what was read, before the rows are written; tells what facts may depend on, and its coverage. */
  directory?(
    writer: Writer,
    hide: Hide,
  ): Promise<{ touched: TouchedDirectory; coverage: readonly CoverageRow[] }>;
  /** The span of on-call time that `reading` holds whole. */
  wholeOnCalls?: WholeSpan;
}

/** Writes changes one after the other, each whole or not at all. */
export interface Commit {
  (change: Change): Promise<void>;
  /** How many changes wait or are being written. */
  waiting(): number;
}

/** What the place that writes works with. */
export interface CommitOptions {
  store: Store;
  ledger: Ledger;
  faults: Faults;
  remarks: Remarks;
  requests: RequestBook;
  settings: FileSettings;
}

/** Makes the one place that writes: rows, facts, windows, notes and coverage in one transaction, then the ledger. */
export function createCommit(options: CommitOptions): Commit {
  const inTurn = createTurns();
  let waiting = 0;
  const commit = (change: Change) => {
    waiting += 1;
    const written = inTurn(async () => {
      const next = amended(options.ledger, change);
      await options.store.transact((writer) => write(writer, options, change, next));
      Object.assign(options.ledger, next);
    });
    return written.finally(() => {
      waiting -= 1;
    });
  };
  return Object.assign(commit, { waiting: () => waiting });
}

async function write(writer: Writer, options: CommitOptions, change: Change, next: Ledger): Promise<void> {
  const { ledger, faults, remarks, settings } = options;
  const hide = await hiding(writer);
  const reading = hide(change.reading ?? emptyReading());
  refuseForeign(next.account, options.store.name, reading);
  const { touched = {}, coverage: listed = [] } = (await change.directory?.(writer, hide)) ?? {};
  const { on_call: told = [], ...rows } = reading.rows;
  const covered = onCallCovered(next);
  const before = onCallCovered(ledger);
  const onCalls = await writeOnCalls(writer, { told, whole: change.wholeOnCalls, before, after: covered });
  const incidents = await writeReading(writer, { ...reading, rows }, change.refused);
  await derive(writer, { ...touched, ...onCalls, incidents }, { settings, covered });
  await writeLedger(writer, change, { before: ledger, after: next });
  await writer.put('request_ledger', options.requests.due());
  const coverage = [
    ...listed,
    ...(change.coverage ?? []),
    ...(await timedCoverage(writer, next, faults, remarks)),
  ];
  await writer.put('coverage', coverage);
  for (const row of coverage) next.coverage.set(row.stream, row);
}

function amended(ledger: Ledger, change: Change): Ledger {
  const next = { ...ledger, ...change.notes, account: change.account ?? ledger.account };
  const windows = new Map(ledger.windows);
  for (const window of change.windows ?? []) {
    const key = windowKey(window);
    // What became pieces while the change waited for its turn is read by them.
    if (windows.get(key)?.state !== 'split') windows.set(key, window);
  }
  return { ...next, windows: retained(windows, next.keptFrom), coverage: new Map(ledger.coverage) };
}

async function writeLedger(
  writer: Writer,
  change: Change,
  { before, after }: { before: Ledger; after: Ledger },
): Promise<void> {
  const { keptFrom } = after;
  if (keptFrom !== null && keptFrom !== before.keptFrom)
    await writer.remove('harvest_window', sql`"start" < ${instant(keptFrom)}`);
  const changed = [...after.windows].filter(([key, window]) => before.windows.get(key) !== window);
  await writer.put(
    'harvest_window',
    changed.map(([, window]) => window),
  );
  const notes = Object.entries(change.notes ?? {}) as [NotedNumber, number][];
  await writer.put(
    'note',
    notes.map(([key, at]) => ({ name: NOTES[key], value: String(at), written_at: null })),
  );
  await writer.put('account', change.account ? [change.account] : []);
}
