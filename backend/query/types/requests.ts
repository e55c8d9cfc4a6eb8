import { DAY } from '../../clock.ts';
import { instant, join, name, sql } from '../../sql/statement.ts';
import { number, text } from '../column.ts';
import type { TableAnswer } from '../frame.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  text('endpoint', 'Endpoint'),
  text('cause', 'Cause', { description: 'The work of the harvest that asked.' }),
  number('requests', 'Requests'),
  number('refused', 'Refused', { description: 'Not answered with 2xx and readable JSON.' }),
  number('retried', 'Retried', { description: 'Sent because one before was refused.' }),
  number('rows', 'Rows', { description: 'Rows of lists received.' }),
  number('seconds', 'Time', { unit: 's', description: 'From sending to the whole answer, summed.' }),
];

const SUMS = COLUMNS.slice(2).map(
  (column) => sql`CAST(sum(${name(column.name)}) AS double precision) AS ${name(column.name)}`,
);

/** What the harvest asked of PagerDuty on the UTC days that the range touches. */
export const requests: QueryType = {
  title: 'Requests',
  description: 'Requests to PagerDuty by endpoint and cause, on the UTC days that the range touches.',
  fields: [],
  example: {},
  async answer({ from, to }, { reader, signal }): Promise<TableAnswer> {
    const first = Math.floor(from / DAY) * DAY;
    const rows = await reader.read(
      sql`SELECT "endpoint", "cause", ${join(SUMS, ', ')} FROM "request_ledger" WHERE "day" >= ${instant(first)} AND "day" < ${instant(to)} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
      signal,
    );
    return { kind: 'table', columns: COLUMNS, rows };
  },
};
