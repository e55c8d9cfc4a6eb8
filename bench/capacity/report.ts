import type { Demand } from './demand.ts';
import type { Meeting } from './limits.ts';

/** The first line says what breaks first, a table shows every limit, and the last lines what was looked at. */
export function reportOf(meetings: readonly Meeting[], demand: Demand, slowest: string): string {
  const [first] = meetings;
  if (!first) throw new Error('No limit is known.');
  const { history, daily } = demand;
  return [
    first.times < 1
      ? `This account is too large already: ${first.title}, ${figure(first.needed)} of ${figure(first.there)} ${first.unit}. Beyond it ${first.beyond}.`
      : `It breaks first at ${figure(first.times)} times this account: ${first.title} (${figure(first.needed)} of ${figure(first.there)} ${first.unit}). Beyond it ${first.beyond}.`,
    '',
    ...table(meetings),
    '',
    `The account: ${history.days} days, ${history.incidents} incidents, about ${history.entries} log entries; ${figure(daily.incidents)} incidents and ${figure(daily.entries)} log entries a day.`,
    `The slowest question was ${slowest}. Figures are of this machine, and assume that all of the account grows alike.`,
  ].join('\n');
}

function table(meetings: readonly Meeting[]): string[] {
  const rows = [
    ['limit', 'needed', 'there is', '', 'breaks at'],
    ...meetings.map(({ title, unit, needed, there, times }) => [
      title,
      figure(needed),
      figure(there),
      unit,
      Number.isFinite(times) ? `${figure(times)} x` : 'never',
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** A figure with three digits that count. */
function figure(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
