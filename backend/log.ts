import { type Logger, pino } from 'pino';

/** Structured log, one JSON line an event on standard error, so that standard output stays for answers. */
export type Log = Logger;

/** Makes the process's log at the given level (`silent` writes nothing); secrets are blanked wherever they appear by name. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: ['*.token', '*.authorization', 'headers.authorization'], censor: '…' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
