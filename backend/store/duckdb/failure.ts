import { AppError, messageOf } from '../../errors.ts';

/** What DuckDB says of the world around it, and what a person can do about it. */
const ADVICE = [
  [
    /No space left|quota exceeded|File too large/i,
    'Make room on the disk, or lift its limit: nothing is lost, and the harvest goes on by itself',
  ],
  [
    /set lock|Conflicting lock/i,
    'Another process has it open: stop that one, or ask the running backend over HTTP',
  ],
  [
    /Read-only file system|Permission denied|Operation not permitted/i,
    'The folder and the file must be writable for the user that runs this process',
  ],
  [
    /not a valid DuckDB|newer version of DuckDB|corrupt|checksum/i,
    'It is damaged, or no store at all: npm run restore puts a backup in its place',
  ],
] as const satisfies readonly [RegExp, string][];

/** What a person can do about a failure of DuckDB; null where nothing is known. */
export function adviceOn(error: unknown): string | null {
  const text = messageOf(error);
  return ADVICE.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** A failure of DuckDB as the store's. */
export function storeError(error: unknown): AppError {
  const advice = adviceOn(error);
  const [first] = messageOf(error).split('\n');
  return new AppError('store', `The store failed: ${first}${advice ? `. ${advice}.` : ''}`, { cause: error });
}

/** True where another process has the file. */
export function isLocked(error: unknown): boolean {
  return /set lock|Conflicting lock/i.test(messageOf(error));
}

/** True where DuckDB has given up on the open file, as after a checkpoint that failed: what was committed is in it, but it must be opened again. */
export function isGivenUp(error: unknown): boolean {
  return /FATAL Error|has been invalidated/.test(messageOf(error));
}

/** True where DuckDB found no memory within its limit, as others used it up. */
export function isOutOfMemory(error: unknown): boolean {
  return /Out of Memory Error/.test(messageOf(error));
}
