import type { Answered } from './ask.ts';

type Cell = Answered[string];

/** Rows as aligned text columns; where there are none, a sentence. */
export function tableOf(
  rows: readonly Answered[],
  columns: readonly [string, string, (value: Cell) => string][],
): string {
  if (rows.length === 0) return '  none in this range';
  const lines = [
    columns.map(([, title]) => title),
    ...rows.map((row) => columns.map(([name, , show]) => show(row[name] ?? null))),
  ];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

/** A share 0-1 as a percentage. */
export function percent(value: Cell): string {
  return value === null ? 'unknown' : `${(Number(value) * 100).toFixed(0)} %`;
}

/** Seconds in the unit that reads best. */
export function hours(value: Cell): string {
  if (value === null) return 'unknown';
  const seconds = Number(value);
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
