import { type ClientBase, types } from 'pg';
import { AppError } from '../../errors.ts';
import { type Statement, textOf, type Value } from '../../sql/statement.ts';
import type { Row } from '../store.ts';

/** How each type of PostgreSQL becomes a value, by its OID; text is the rest. */
const PARSERS: Readonly<Record<number, (text: string) => Value>> = {
  [types.builtins.BOOL]: (text) => text === 't',
  [types.builtins.INT2]: Number,
  [types.builtins.INT4]: Number,
  [types.builtins.INT8]: Number,
  [types.builtins.FLOAT4]: Number,
  [types.builtins.FLOAT8]: Number,
  [types.builtins.NUMERIC]: Number,
  [types.builtins.TIMESTAMP]: (text) => Date.parse(`${text}Z`),
};

/** Types that no column of an answer has; a query that gives one would read otherwise on the other engine. */
const FOREIGN = new Set<number>([types.builtins.DATE, types.builtins.TIMESTAMPTZ, types.builtins.INTERVAL]);

const CONVERSION = { getTypeParser: (oid: number) => (FOREIGN.has(oid) ? refuse : (PARSERS[oid] ?? String)) };

/** Runs a statement and gives back its rows and how many it changed. Throws what `pg` throws. */
export async function run<R extends Row>(
  client: ClientBase,
  statement: Statement,
): Promise<{ rows: R[]; changed: number }> {
  const { rows, rowCount } = await client.query<R>({
    text: textOf(statement),
    values: statement.values.map(storable),
    types: CONVERSION as typeof types,
  });
  return { rows, changed: rowCount ?? 0 };
}

/** Text as PostgreSQL can keep it: it has no character 0, and no halves of a pair. */
export function storable(value: Value): Value {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value;
}

function refuse(): never {
  throw new AppError('store', 'The store answered with a kind of value that no column has.');
}
