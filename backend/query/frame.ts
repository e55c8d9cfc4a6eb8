import type { Frame, FrameField, FrameMeta, Honesty, Notice } from '../contract.ts';
import type { Value } from '../sql/statement.ts';
import { type Column, fieldConfig } from './column.ts';

/** What every answer may say beside its figures. */
interface Said {
  notices?: readonly Notice[];
  /** The first instant that it leans on, where that is before the range. */
  since?: number;
}

/** A table as a query type answers it: rows by column name. */
export interface TableAnswer extends Said {
  kind: 'table';
  /** What the frame is to Grafana, where it is more than a table. */
  type?: FrameMeta['type'];
  /** What Explore shows it as; a table where absent. */
  preferred?: 'logs';
  columns: readonly Column[];
  rows: readonly Readonly<Record<string, Value>>[];
}

/** One line of a time series answer. */
export interface Series {
  labels: Record<string, string>;
  /** What a legend shows. */
  title: string;
  /** Values by bucket; null where unknown. */
  values: (number | null)[];
}

/** Time series over common buckets, or, with null `times`, single figures by label. */
export interface SeriesAnswer extends Said {
  kind: 'series';
  column: Column;
  times: number[] | null;
  series: readonly Series[];
}

/** Tables of the same columns, one for each thing that its labels name. */
export interface TablesAnswer extends Said {
  kind: 'tables';
  columns: readonly Column[];
  tables: readonly { name: string; labels: Record<string, string>; rows: TableAnswer['rows'] }[];
}

/** What a query type answers, before it is put into frames. */
export type Answer = TableAnswer | TablesAnswer | SeriesAnswer;

const FRAME_TYPES = { time: 'time.Time', number: 'float64', string: 'string', boolean: 'bool' } as const;

/** Writes an answer as Grafana frames; the one place that does, each frame with its notices and honesty facts. */
export function framesOf(
  refId: string,
  answer: Answer,
  honesty: Honesty,
  notices: readonly Notice[],
): Frame[] {
  const all = [...notices, ...(answer.notices ?? [])];
  const meta = (type: FrameMeta['type'], index: number): FrameMeta => ({
    ...(type ? { type, typeVersion: [0, 1] as [number, number] } : {}),
    preferredVisualisationType: preferredOf(answer),
    ...(all.length > 0 && index === 0 ? { notices: all } : {}),
    custom: honesty,
  });
  if (answer.kind === 'table') return [tableFrame(refId, answer, meta(answer.type ?? 'table', 0))];
  if (answer.kind === 'tables') {
    if (answer.tables.length === 0)
      return [tableFrame(refId, { ...answer, kind: 'table', rows: [] }, meta('table', 0))];
    return answer.tables.map((table, index) =>
      labelled(
        tableFrame(refId, { ...answer, ...table, kind: 'table' }, meta(undefined, index)),
        table,
        answer.tables.length > 1,
      ),
    );
  }
  const type = answer.times ? 'timeseries-multi' : 'numeric-multi';
  if (answer.series.length === 0)
    return [{ schema: { refId, meta: meta(type, 0), fields: [] }, data: { values: [] } }];
  return answer.series.map((series, index) => seriesFrame(refId, answer, series, meta(type, index)));
}

function preferredOf(answer: Answer): 'graph' | 'logs' | 'table' {
  if (answer.kind === 'series') return answer.times ? 'graph' : 'table';
  return (answer.kind === 'table' && answer.preferred) || 'table';
}

function tableFrame(refId: string, answer: TableAnswer, meta: FrameMeta): Frame {
  const fields = answer.columns.map((column) => fieldOf(column));
  const values = answer.columns.map((column) => answer.rows.map((row) => row[column.name] ?? null));
  return { schema: { refId, meta, fields }, data: { values } };
}

/** A table whose numbers carry labels, and where there are several, its name before each title. */
function labelled(
  frame: Frame,
  { name, labels }: { name: string; labels: Record<string, string> },
  several: boolean,
): Frame {
  const fields = frame.schema.fields.map((field): FrameField => {
    if (field.type !== 'number') return field;
    const title = field.config?.displayName ?? field.name;
    return {
      ...field,
      labels,
      config: { ...field.config, displayName: several ? `${name}: ${title}` : title },
    };
  });
  return { ...frame, schema: { ...frame.schema, name, fields } };
}

function seriesFrame(refId: string, answer: SeriesAnswer, series: Series, meta: FrameMeta): Frame {
  const { displayName: _, ...config } = fieldConfig(answer.column);
  const value: FrameField = {
    ...fieldOf(answer.column),
    labels: series.labels,
    config: { ...config, displayNameFromDS: series.title },
  };
  const time = fieldOf({ name: 'time', type: 'time', title: 'Time' });
  const fields = answer.times ? [time, value] : [value];
  const values = answer.times ? [answer.times, series.values] : [series.values];
  return { schema: { refId, name: series.title, meta, fields }, data: { values } };
}

function fieldOf(column: Column): FrameField {
  return {
    name: column.name,
    type: column.type,
    typeInfo: { frame: FRAME_TYPES[column.type], nullable: true },
    config: fieldConfig(column),
  };
}
