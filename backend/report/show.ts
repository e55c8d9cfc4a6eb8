import { zoneOf } from '../calendar/zone.ts';
import type { Answered } from './ask.ts';

/** Writes a value as people read it. */
export type Show = (value: Answered[string]) => string;

const known =
  (write: (value: number) => string): Show =>
  (value) =>
    value === null ? 'unknown' : write(Number(value));

/** A text or count as it is. */
export const plain: Show = (value) => (value === null ? 'unknown' : String(value));

/** A text, or nothing where there is none. */
export const text: Show = (value) => (value === null ? '' : String(value));

/** A share 0-1 as a percentage. */
export const percent = known((value) => `${(value * 100).toFixed(0)} %`);

/** Whole hours. */
export const wholeHours = known((value) => `${value.toFixed(0)} h`);

/** Seconds in the unit that reads best. */
export const duration = known((seconds) => {
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  if (seconds < 7200) return `${(seconds / 60).toFixed(0)} min`;
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} d`;
});

/** The day of an instant (epoch milliseconds) in a zone; nothing where there is none. */
export const dayIn =
  (timeZone: string): Show =>
  (value) =>
    wallClock(value, timeZone).slice(0, 10);

/** Day and minute of an instant (epoch milliseconds) in a zone; nothing where there is none. */
export const momentIn =
  (timeZone: string): Show =>
  (value) =>
    wallClock(value, timeZone).slice(0, 16).replace('T', ' ');

function wallClock(value: Answered[string], timeZone: string): string {
  return value === null ? '' : new Date(zoneOf(timeZone).toLocal(Number(value))).toISOString();
}

/** How a figure moved from one period to the next: with a sign, in percent where it is a count. */
export function change(now: Answered[string], before: Answered[string], kind: 'share' | 'amount'): string {
  if (now === null || before === null) return 'unknown';
  const difference = Number(now) - Number(before);
  if (difference === 0) return 'same';
  const sign = difference > 0 ? '+' : '−';
  if (kind === 'share') return `${sign}${Math.abs(difference * 100).toFixed(0)} points`;
  if (Number(before) === 0) return 'was none';
  return `${sign}${Math.abs((difference / Number(before)) * 100).toFixed(0)} %`;
}
