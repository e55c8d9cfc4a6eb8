import { AppError } from '../errors.ts';
import { number, time } from './column.ts';
import { type Drawing, dimensionNamed, type Line, valueColumn } from './figures.ts';
import type { TableAnswer } from './frame.ts';
import { heatmapFrame } from './heatmap-frame.ts';
import { cut, MOST_SERIES } from './rows.ts';

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
  const { kept, notices } = cut(lines, asking.question.limit, 'series', MOST_SERIES);
  const rows = kept.map((line) => ({ title: line.names.map(named).join(', '), figures: line.figures }));
  const starts = asking.buckets.list.map((bucket) => bucket.start);
  return { ...heatmapFrame(time('time', 'Time'), starts, shownValue(asking), rows), notices };
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
  const { kept, notices } = cut(byRow.toSorted(byFirst), asking.question.limit, 'rows', MOST_SERIES);
  const rows = kept.map((cells) => ({
    title: named(cells[0]?.names[0] ?? null),
    figures: steps.map((step) => {
      const cell = cells.find((line) => line.ids[1] === step);
      return cell ? (cell.figures[0] ?? null) : (asking.blank[0] ?? null);
    }),
  }));
  const x = number(across, title, { unit: 'none' });
  return { ...heatmapFrame(x, steps, shownValue(asking), rows), notices };
}

/** Numbers in their own order, all else by name. */
function byFirst([a]: readonly Line[], [b]: readonly Line[]): number {
  const [x, y] = [a?.ids[0] ?? null, b?.ids[0] ?? null];
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  return named(a?.names[0] ?? null) < named(b?.names[0] ?? null) ? -1 : 1;
}

const named = (name: Line['names'][number]) => (name === null ? 'none' : String(name));

const shownValue = ({ metric, question }: Drawing) => valueColumn(metric, question);
