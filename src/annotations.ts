import { type AnnotationEvent, type AnnotationSupport, type DataFrame, textUtil } from '@grafana/data';
import { of } from 'rxjs';
import type { PagebudgetQuery } from './query.ts';

/** Columns of an answer from which an annotation takes its text, the first that there is. */
const TITLES = ['title', 'first_title', 'body'] as const;

/** Columns whose values become tags. */
const TAGS = ['urgency', 'status', 'service', 'teams', 'user'] as const;

type Cells = Readonly<Record<string, unknown>>;

/** Draws rows with a time as annotations: incidents as regions from creation to resolution, open ones up to `now` (epoch ms). */
export function annotations(now: () => number): AnnotationSupport<PagebudgetQuery> {
  return {
    getDefaultQuery: () => ({
      queryType: 'incidents',
      filters: [{ dimension: 'urgency', op: '=', values: ['high'] }],
    }),
    processEvents: (_annotation, frames) => of(frames.flatMap((frame) => eventsOf(frame, now()))),
  };
}

/** The annotations of a table's rows; none of a table without times. */
export function eventsOf(frame: DataFrame, now: number): AnnotationEvent[] {
  return Array.from(
    { length: frame.length },
    (_, row): Cells => Object.fromEntries(frame.fields.map(({ name, values }) => [name, values[row]])),
  ).flatMap((cells) => (typeof cells.time === 'number' ? [eventOf(cells, cells.time, now)] : []));
}

function eventOf(cells: Cells, time: number, now: number): AnnotationEvent {
  const end = endOf(cells, time, now);
  const name = TITLES.map((column) => textOf(cells, column)).find((text) => text !== '') ?? '';
  const number = typeof cells.number === 'number' ? `#${cells.number} ` : '';
  return {
    ...(textOf(cells, 'id') && { id: textOf(cells, 'id') }),
    time,
    ...(end !== null && { timeEnd: end, isRegion: true }),
    title: textUtil.escapeHtml(`${number}${name}`),
    text: linkOf(textOf(cells, 'url')),
    tags: TAGS.map((column) => textOf(cells, column)).filter((text) => text !== ''),
  };
}

/** Where the row ends: its own end, its resolution, or now while it is open; null for one that is a moment. */
function endOf(cells: Cells, time: number, now: number): number | null {
  if ('end' in cells) return typeof cells.end === 'number' ? cells.end : Math.max(time, now);
  if (typeof cells.time_to_resolve === 'number') return time + cells.time_to_resolve * 1000;
  const open = typeof cells.status === 'string' && cells.status !== 'resolved';
  return open ? Math.max(time, now) : null;
}

function linkOf(url: string): string {
  if (!/^https?:\/\//.test(url)) return '';
  return `<a href="${textUtil.escapeHtml(url)}" target="_blank" rel="noopener">Open in PagerDuty</a>`;
}

function textOf(cells: Cells, column: string): string {
  const value = cells[column];
  return typeof value === 'string' ? value : '';
}
