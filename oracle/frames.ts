import type { Cell, GivenRow } from './answer.ts';

/** A Grafana JSON frame, as far as numbers go. */
export interface Frame {
  schema: {
    fields: {
      name: string;
      type?: string;
      labels?: Record<string, string> | null;
      config?: { displayName?: string } | null;
    }[];
    meta?: {
      type?: string;
      notices?: { severity: string; text: string }[];
      custom?: Record<string, unknown>;
    } | null;
  };
  data: { values: Cell[][] };
}

/** The names of a frame's fields in order. */
export function columnsOf(frame: Frame): string[] {
  return frame.schema.fields.map(({ name }) => name);
}

/** The rows of frames that are tables, by column name. */
export function tableRows(frames: Frame[]): GivenRow[] {
  return frames.flatMap(({ schema, data }) => {
    const length = data.values[0]?.length ?? 0;
    return Array.from({ length }, (_, row) =>
      Object.fromEntries(schema.fields.map(({ name }, column) => [name, data.values[column]?.[row]])),
    );
  });
}

/** The rows of frames that are series: every point with its time, its labels, and its value under the name given. */
export function seriesRows(frames: Frame[], valueName: string): GivenRow[] {
  return frames.flatMap(({ schema, data }) => {
    const clock = schema.fields.findIndex(({ type, name }) => type === 'time' || name === 'time');
    return schema.fields.flatMap(({ labels }, column) => {
      if (column === clock) return [];
      return (data.values[column] ?? []).map((value, row) => ({
        ...labels,
        time: data.values[clock]?.[row],
        [valueName]: value,
      }));
    });
  });
}

/** The cells of frames that are heat maps: the row's name, the step along x, and the figure; a lone row of nothing is none. */
export function mapCells(frames: Frame[]): GivenRow[] {
  return frames.flatMap(({ schema, data }) => {
    const [x, ...rows] = schema.fields;
    const [at = [], ...figures] = data.values;
    if (rows.length === 1 && figures[0]?.every((figure) => figure === null)) return [];
    return rows.flatMap(({ config }, row) =>
      at.map((step, index) => ({
        row: config?.displayName ?? '',
        [x?.name ?? '']: step,
        figure: figures[row]?.[index],
      })),
    );
  });
}

/** What the frames say beside their numbers. */
export function noticesOf(frames: Frame[]): string[] {
  return frames.flatMap(({ schema }) => schema.meta?.notices ?? []).map(({ text }) => text);
}
