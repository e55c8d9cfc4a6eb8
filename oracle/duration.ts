import { DAY, HOUR, MINUTE } from './calendar.ts';

const units: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** Reads a length such as 28d or 12h as milliseconds. */
export function durationOf(text: string): number {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  const length = units[unit ?? ''];
  if (length === undefined) throw new Error(`"${text}" is no length such as 28d, 4w or 12h.`);
  return Number(count) * length;
}
