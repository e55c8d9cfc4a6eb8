import { measuredInWords } from '../machine.ts';
import type { LoadOutcome } from './load.ts';

/** Where a load's outcome comes from. */
export interface Loaded {
  size: string;
  http: boolean;
  /** The command line that repeats it. */
  command: string;
  /** The commit and what differed from it, in words. */
  commit: string;
  at: Date;
}

/** What a load took, as a section in Markdown. */
export function loadSection(outcome: LoadOutcome, { size, http, command, commit, at }: Loaded): string {
  const { seconds, rows, requests, generating, waiting, store, file, memory } = outcome;
  const timed = ['incidents', 'log_entries', 'on_call'].map((stream) => rows[stream] ?? 0);
  const count = timed.reduce((sum, one) => sum + one, 0);
  return [
    `## Load: ${size}, ${http ? 'over HTTP' : 'without HTTP in between'}`,
    '',
    measuredInWords(command, commit, at),
    '',
    `- Rows: ${Object.entries(rows)
      .filter(([, number]) => number > 0)
      .map(([stream, number]) => `${number} ${stream}`)
      .join(', ')}; ${requests} requests.`,
    `- Time: ${duration(seconds)}, ${Math.round(count / seconds)} rows of incidents, log entries and on-call time a second.`,
    `- Of that, all transactions ${duration(store.whole)} (${store.transactions} of them: reading what facts are derived of ${duration(store.read)}, writing ${store.rows} rows ${duration(store.put)}, removing ${duration(store.remove)})${waiting === null ? '' : `; waiting for the account's answers with nothing else to do ${duration(waiting)} at most, made in another process in ${duration(generating ?? 0)}`}.`,
    `- File: ${megabytes(file)}.`,
    `- Memory of the backend's process at most: ${megabytes(memory.resident)} resident (JavaScript ${megabytes(memory.heap)}, bodies of answers ${megabytes(memory.external)}).`,
    '',
  ].join('\n');
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0
    ? `${Math.round(seconds)} s`
    : `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
