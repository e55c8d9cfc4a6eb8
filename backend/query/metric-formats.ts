import type { Value } from '../sql/statement.ts';
import { type Column, number, text, time } from './column.ts';
import { type Drawing, dimensionNamed, type Line, valueColumn } from './figures.ts';
import type { Answer, Series, SeriesAnswer, TableAnswer } from './frame.ts';
import { heatmap } from './heatmap.ts';
import { cut, cutAt, MOST_SERIES } from './rows.ts';

/** How a metric's lines are written, by the question's format. */
export const FORMATS = {
  time_series: asSeries,
  table: asTable,
  heatmap,
} as const satisfies Record<string, (lines: readonly Line[], asking: Drawing) => Answer>;

function asSeries(lines: readonly Line[], { metric, question, buckets, compare }: Drawing): SeriesAnswer {
  const most = compare ? MOST_SERIES / 2 : MOST_SERIES;
  const { kept, notices } = cut(lines, question.limit, 'series', most);
  const present = kept.map(
    (line): Series => ({
      title: titleOf(line, metric.title),
      labels: labelsOf(line, question.by),
      values: [...line.figures],
    }),
  );
  const earlier = kept.flatMap((line): Series[] => {
    if (!line.previous) return [];
    const labels = { ...labelsOf(line, question.by), compare: 'previous' };
    return [{ title: `${titleOf(line, metric.title)} (period before)`, labels, values: [...line.previous] }];
  });
  return {
    kind: 'series',
    column: valueColumn(metric, question),
    times: buckets.unit ? buckets.list.map((bucket) => bucket.start) : null,
    series: [...present, ...earlier],
    notices,
  };
}

function asTable(lines: readonly Line[], asking: Drawing): TableAnswer {
  const { metric, question, buckets, compare } = asking;
  const value = valueColumn(metric, question);
  const { most, notices } = cutAt(lines.length * buckets.list.length, question.limit, 'rows');
  const rows = Array.from({ length: most }, (_, at) => {
    const line = lines[at % lines.length] as Line;
    const index = Math.floor(at / lines.length);
    const figure = line.figures[index] ?? null;
    return {
      ...cellsOf(line, question.by),
      time: buckets.list[index]?.start ?? null,
      [value.name]: figure,
      ...(line.previous ? comparison(figure, line.previous[index] ?? null) : {}),
    };
  });
  const columns = [
    ...question.by.flatMap(columnsOf),
    ...(buckets.unit ? [time('time', 'Time')] : []),
    value,
    ...(compare ? comparisonColumns(value) : []),
  ];
  return { kind: 'table', columns, rows, notices };
}

const comparison = (figure: number | null, previous: number | null) => ({
  previous,
  change: figure === null || previous === null ? null : figure - previous,
});

function comparisonColumns({ title, unit }: Column): Column[] {
  const about = unit ? { unit } : {};
  return [
    number('previous', `${title}, period before`, {
      ...about,
      description: 'The same in the period of the same length just before.',
    }),
    number('change', 'Change', { ...about, description: 'Against the period before.' }),
  ];
}

function columnsOf(name: string): Column[] {
  const { title, thing, type } = dimensionNamed(name);
  const main = type === 'number' ? number(name, title, { unit: 'none' }) : text(name, title);
  return thing ? [main, text(`${name}_id`, `${title} id`)] : [main];
}

/** What a legend calls a line. */
export function titleOf(line: Line, otherwise: string): string {
  return line.names.map((name) => name ?? 'none').join(', ') || otherwise;
}

function cellsOf(line: Line, by: readonly string[]): Record<string, Value> {
  const cells = by.map((name, index): Record<string, Value> => {
    const id = line.ids[index] ?? null;
    return dimensionNamed(name).thing
      ? { [name]: line.names[index] ?? null, [`${name}_id`]: id }
      : { [name]: id };
  });
  return Object.assign({}, ...cells);
}

function labelsOf(line: Line, by: readonly string[]): Record<string, string> {
  const cells = Object.entries(cellsOf(line, by));
  return Object.fromEntries(
    cells.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}
