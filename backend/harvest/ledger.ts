import { randomBytes } from 'node:crypto';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Row, Store } from '../store/store.ts';
import type { Window } from './plan.ts';

/** What the harvest knows of itself, as it stands in the store; changed only after a commit. */
export interface Ledger {
  account: RowOf<'account'> | null;
  windows: Map<string, Window>;
  coverage: Map<string, RowOf<'coverage'>>;
  /** PagerDuty's clock when this store was first filled. */
  firstStart: number | null;
  /** Up to here the feed has read everything. */
  watermark: number | null;
  /** The watermark when the last reading began of all lists whose things hide others. */
  fedWhenListed: number | null;
  /** Up to here on-call time is known. */
  onCallUntil: number | null;
  /** When on-call time was last read to its end. */
  onCallsRead: number | null;
  /** As of when all open incidents were read, at least once a day. */
  openRead: number | null;
  /** As of when the second look was last taken to its end. */
  secondLook: number | null;
  /** As of when a second look was last begun, and how many of its steps are done. */
  lookBegun: number | null;
  lookSteps: number | null;
  /** Log entries up to here were read when they were a day old or older, so that none can come any later. */
  sureUntil: number | null;
  /** What lies before was given up by the retention, and is not read again. */
  keptFrom: number | null;
  /** What lies before was removed from the store. */
  removedUntil: number | null;
  /** Key of the e-mail hash, hexadecimal. */
  emailKey: string;
}

/** The ledger's single numbers that are kept as notes, by the note's name. */
export const NOTES = {
  firstStart: 'first_start',
  watermark: 'watermark',
  fedWhenListed: 'fed_when_listed',
  onCallUntil: 'on_call_until',
  onCallsRead: 'on_calls_read',
  openRead: 'open_read',
  secondLook: 'second_look',
  lookBegun: 'look_begun',
  lookSteps: 'look_steps',
  sureUntil: 'sure_until',
  keptFrom: 'kept_from',
  removedUntil: 'removed_until',
} as const satisfies Partial<Record<keyof Ledger, string>>;

/** A ledger value that is a number kept as a note. */
export type NotedNumber = keyof typeof NOTES;

const EMAIL_KEY = 'email_key';

/** Reads the ledger from the store; a store that is new gets its key of the e-mail hash. */
export async function loadLedger(store: Store): Promise<Ledger> {
  const notes = new Map(
    (await store.read<RowOf<'note'> & Row>(sql`SELECT * FROM "note"`)).map((note) => [note.name, note.value]),
  );
  const windows = await store.read<Window & Row>(sql`SELECT * FROM "harvest_window"`);
  const coverage = await store.read<RowOf<'coverage'> & Row>(sql`SELECT * FROM "coverage"`);
  const [account] = await store.read<RowOf<'account'> & Row>(sql`SELECT * FROM "account"`);
  const numberOf = (name: NotedNumber) => {
    const text = notes.get(NOTES[name]);
    return text === undefined ? null : Number(text);
  };
  return {
    account: account ?? null,
    windows: new Map(windows.map((window) => [windowKey(window), again(window)])),
    coverage: new Map(coverage.map((row) => [row.stream, row])),
    firstStart: numberOf('firstStart'),
    watermark: numberOf('watermark'),
    fedWhenListed: numberOf('fedWhenListed'),
    onCallUntil: numberOf('onCallUntil'),
    onCallsRead: numberOf('onCallsRead'),
    openRead: numberOf('openRead'),
    secondLook: numberOf('secondLook'),
    lookBegun: numberOf('lookBegun'),
    lookSteps: numberOf('lookSteps'),
    sureUntil: numberOf('sureUntil'),
    keptFrom: numberOf('keptFrom'),
    removedUntil: numberOf('removedUntil'),
    emailKey: notes.get(EMAIL_KEY) ?? (await makeEmailKey(store)),
  };
}

/** The key of a window as text. */
export function windowKey(window: Pick<Window, 'stream' | 'start' | 'end'>): string {
  return `${window.stream} ${window.start} ${window.end}`;
}

/** The instant back to which a stream is harvested or planned to be; null before any plan. */
export function beginOf(ledger: Ledger, stream: string): number | null {
  if (ledger.firstStart === null) return null;
  const starts = windowsOf(ledger, stream).map((window) => window.start);
  return starts.reduce((a, b) => Math.min(a, b), ledger.firstStart);
}

/** The windows of one stream. */
export function windowsOf(ledger: Ledger, stream: string): Window[] {
  return [...ledger.windows.values()].filter((window) => window.stream === stream);
}

function again(window: Window): Window {
  return window.state === 'failed' ? { ...window, state: 'waiting' } : window;
}

async function makeEmailKey(store: Store): Promise<string> {
  const value = randomBytes(32).toString('hex');
  await store.transact((writer) => writer.put('note', [{ name: EMAIL_KEY, value, written_at: null }]));
  return value;
}
