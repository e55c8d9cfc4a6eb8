import type { Answer, Cell, Expected, ExpectedRow } from './answer.ts';
import { firstInstant } from './calendar.ts';
import { identified } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { emptyFigure, isKnownFrom, metricAnswer } from './metric-answer.ts';
import { nightAnswer } from './nights.ts';
import { type MetricQuery, type NightMapQuery, rangeOf } from './query.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const steps: Record<string, number[]> = {
  weekday: weekdays.map((_, index) => index + 1),
  hour: Array.from({ length: 24 }, (_, hour) => hour),
};

/** The heat map's row in which a value of a dimension is drawn. */
function titleOf(dimension: string, value: Expected | undefined): string {
  if (value === null || value === undefined) return 'none';
  if (dimension === 'weekday') return weekdays[Number(value) - 1] ?? '';
  return dimension === 'hour' ? `${String(value)}:00` : String(value);
}

/** A cell of a heat map; one that says nothing may be left out. */
function cellOf(row: string, x: string, at: Cell, figure: Expected): ExpectedRow {
  return { cells: { row, [x]: at, figure }, required: figure !== null };
}

/** What a metric over time must be drawn as: a row for each group, a cell for each bucket. */
function overTime(facts: Facts, query: MetricQuery): Answer {
  const { rows } = metricAnswer(facts, { ...query, format: 'table' });
  const drawn = rows.map(({ cells, required }) => {
    const row = query.by.map((dimension) => titleOf(dimension, cells[dimension])).join(', ');
    const cell = cellOf(row, 'time', Number(cells.time), cells[query.metric] ?? null);
    return { ...cell, required: cell.required && required };
  });
  return { key: ['row', 'time'], rows: drawn };
}

/** What two dimensions must be drawn as: a row for each value of the first that occurs, a cell for each hour or weekday there is. */
function grid(facts: Facts, query: MetricQuery, [down = '', across = '']: string[]): Answer {
  const { rows } = metricAnswer(facts, { ...query, format: 'table' });
  const empty = isKnownFrom(facts, rangeOf(query)) ? emptyFigure(query) : null;
  const column = identified.includes(down) ? `${down}_id` : down;
  const byRow = Map.groupBy(rows, ({ cells }) => cells[column] ?? null);
  const drawn = [...byRow.values()].flatMap((own) => {
    const title = titleOf(down, own[0]?.cells[down]);
    const says = own.some(({ required }) => required);
    return (steps[across] ?? []).map((step) => {
      const found = own.find(({ cells }) => Number(cells[across]) === step && cells[across] !== null);
      const cell = cellOf(title, across, step, found?.cells[query.metric] ?? empty);
      return { ...cell, required: cell.required && says };
    });
  });
  return { key: ['row', across], rows: drawn };
}

/** What a metric drawn as a heat map must be answered with, as cells named by row and step. */
export function metricMapAnswer(facts: Facts, query: MetricQuery): Answer {
  return query.by.length === 2 && query.bucket === 'none'
    ? grid(facts, query, query.by)
    : overTime(facts, query);
}

/** What nights drawn as a heat map must be answered with: a row for each person, a cell at the midnight of each date. */
export function nightMapAnswer(facts: Facts, query: NightMapQuery): Answer {
  const { rows } = nightAnswer(facts, query);
  const nights = rows.map(({ cells }) => String(cells.night)).sort();
  const [first = '', last = ''] = [nights[0], nights.at(-1)];
  const days = nights.length === 0 ? 0 : (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1;
  const dates = Array.from({ length: days }, (_, day) =>
    new Date(Date.parse(first) + day * 86_400_000).toISOString().slice(0, 10),
  );
  const byPerson = Map.groupBy(rows, ({ cells }) => cells.user_id ?? null);
  const drawn = [...byPerson.values()].flatMap((own) =>
    dates.map((date) => {
      const night = own.find(({ cells }) => cells.night === date);
      const at = firstInstant(date, 0, query.timeZone);
      return cellOf(String(own[0]?.cells.user), 'time', at, night?.cells[query.view] ?? null);
    }),
  );
  return { key: ['row', 'time'], rows: drawn };
}
