import { AppError } from '../errors.ts';
import { type Column, number, time } from './column.ts';
import { type Drawing, dimensionNamed, type Line, valueColumn } from './figures.ts';
import type { TableAnswer } from './frame.ts';
import { cut } from './rows.ts';

/** Lines as rows of Grafana's heat map: one column for each line over time; or, of two dimensions without a bucket, one for each value of the first over the numbers of the second. */
export function heatmap(lines: readonly Line[], asking: Drawing): TableAnswer {
  if (asking.compare)
    throw new AppError(
      'invalid_query',
      'format "heatmap" does not go with compare: use table or time_series',
    );
  const [, across] = asking.question.by;
  const isGrid = asking.question.by.length === 2 && asking.buckets.unit === null;
  return isGrid && across !== undefined ? grid(lines, across, asking) : overTime(lines, asking);
}

function overTime(lines: readonly Line[], asking: Drawing): TableAnswer {
  const { kept, notices } = cut(lines, asking.question.limit, 'series');
  const rows = kept.map((line) => ({ title: line.names.map(named).join(', '), figures: line.figures }));
  const starts = asking.buckets.list.map((bucket) => bucket.start);
  return { ...frameOf(time('time', 'Time'), starts, rows, asking), notices };
}

function grid(lines: readonly Line[], across: string, asking: Drawing): TableAnswer {
  const { title, type, known } = dimensionNamed(across);
  if (type !== 'number' || !Array.isArray(known)) {
    throw new AppError(
      'invalid_query',
      `format "heatmap" of two dimensions takes hour or weekday as the second, not "${across}"`,
    );
  }
  const steps = known.map(({ id }) => Number(id));
  const byRow = [...Map.groupBy(lines, (line) => JSON.stringify(line.ids[0])).values()];
  const { kept, notices } = cut(byRow.toSorted(byFirst), asking.question.limit, 'rows');
  const rows = kept.map((cells) => ({
    title: named(cells[0]?.names[0] ?? null),
    figures: steps.map((step) => {
      const cell = cells.find((line) => line.ids[1] === step);
      return cell ? (cell.figures[0] ?? null) : (asking.blank[0] ?? null);
    }),
  }));
  return { ...frameOf(number(across, title, { unit: 'none' }), steps, rows, asking), notices };
}

/** Numbers in their own order, all else by name. */
function byFirst([a]: readonly Line[], [b]: readonly Line[]): number {
  const [x, y] = [a?.ids[0] ?? null, b?.ids[0] ?? null];
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  return named(a?.names[0] ?? null) < named(b?.names[0] ?? null) ? -1 : 1;
}

const named = (name: Line['names'][number]) => (name === null ? 'none' : String(name));

interface Row {
  title: string;
  figures: readonly (number | null)[];
}

function frameOf(x: Column, steps: readonly number[], lines: readonly Row[], asking: Drawing): TableAnswer {
  const value = valueColumn(asking.metric, asking.question);
  const none = { title: value.title, figures: steps.map(() => null) };
  const columns = (lines.length > 0 ? lines : [none]).map((line, index) => ({
    figures: line.figures,
    column: { ...value, name: `value_${index}`, title: line.title || value.title },
  }));
  const rows = steps.map((step, at) => ({
    [x.name]: step,
    ...Object.fromEntries(columns.map(({ column, figures }) => [column.name, figures[at] ?? null])),
  }));
  return {
    kind: 'table',
    type: 'heatmap-rows',
    columns: [x, ...columns.map(({ column }) => column)],
    rows,
  };
}
