import type { Frame, Query } from '../../backend/contract.ts';
import { MOST_BUCKETS } from '../../backend/query/buckets.ts';
import { catalogue } from '../../backend/query/catalogue.ts';
import { MOST_POINTS } from '../../backend/query/collect.ts';
import { MOST_ROWS, MOST_SERIES } from '../../backend/query/rows.ts';

/** Most points of a line: the buckets, and the begin, the present and the end of a budget's period. */
const MOST_IN_LINE = MOST_BUCKETS + 3;
const MOST_CELLS = 4 * MOST_POINTS;

const LIMITED = catalogue()
  .queryTypes.filter(
    ({ name, fields }) => name === 'metric' || fields.some((field) => field.name === 'limit'),
  )
  .map(({ name }) => name);

/** Of what an answer holds more than any answer may, or than its query's limit lets it. */
export function excessOf({ queryType, limit, compare }: Query, frames: readonly Frame[]): string[] {
  const most = LIMITED.includes(queryType) ? (limit ?? Infinity) : Infinity;
  const drawn = frames.filter(isDrawn);
  const tables = frames.filter((frame) => !isDrawn(frame));
  const columns = frames.flatMap(({ data }) => data.values);
  const found = {
    rows: sum(tables.map(rowsOf)) > Math.min(MOST_ROWS, most),
    lines: sum(drawn.map(linesOf)) > Math.min(MOST_SERIES, most * (compare === 'previous' ? 2 : 1)),
    points: drawn.some((frame) => rowsOf(frame) > MOST_IN_LINE),
    cells: sum(columns.map(({ length }) => length)) > MOST_CELLS,
  };
  return Object.entries(found).flatMap(([what, isTooMuch]) => (isTooMuch ? [what] : []));
}

/** True of a heat map, a line or single figure, and what is told of one budget or SLO over time. */
function isDrawn({ schema }: Frame): boolean {
  const { type } = schema.meta;
  return type === undefined ? schema.fields[0]?.name === 'time' : /^(timeseries|numeric|heatmap)-/.test(type);
}

const linesOf = ({ schema }: Frame) => (schema.meta.type === 'heatmap-rows' ? schema.fields.length - 1 : 1);

const rowsOf = ({ data }: Frame) => data.values[0]?.length ?? 0;

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
