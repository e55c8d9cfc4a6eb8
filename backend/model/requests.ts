import { of, type Table } from './table.ts';

/** What the harvest asked of PagerDuty, by UTC day, endpoint and cause. */
export const request_ledger = {
  kind: 'harvest',
  key: ['day', 'endpoint', 'cause'],
  columns: {
    /** The day's first instant. */
    day: of('time'),
    /** Path with `{id}` in place of ids. */
    endpoint: of('text'),
    cause: of('text'),
    requests: of('whole'),
    /** Not answered with 2xx and readable JSON. */
    refused: of('whole'),
    /** Sent because one before was refused. */
    retried: of('whole'),
    /** Rows of lists received. */
    rows: of('whole'),
    bytes: of('whole'),
    /** From sending to the whole answer, summed. */
    seconds: of('number'),
  },
} as const satisfies Table;
