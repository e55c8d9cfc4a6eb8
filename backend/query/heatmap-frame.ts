import type { Column } from './column.ts';
import type { TableAnswer } from './frame.ts';

/** A row of a heat map: its name and a figure for each step along x. */
interface HeatmapRow {
  title: string;
  /** The person (id) whom it is about, where it is about one. */
  person?: string;
  figures: readonly (number | null)[];
}

/** A heat map as Grafana takes it: the steps along x in the first column, then one column for each row; without rows one of nothing, as the panel fails on none. */
export function heatmapFrame(
  x: Column,
  steps: readonly number[],
  value: Column,
  given: readonly HeatmapRow[],
): TableAnswer {
  const none: HeatmapRow = { title: value.title, figures: steps.map(() => null) };
  const columns = (given.length > 0 ? given : [none]).map((row, index) => ({
    figures: row.figures,
    column: {
      ...value,
      name: `value_${index}`,
      title: row.title || value.title,
      ...(row.person !== undefined && { person: row.person }),
    },
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
