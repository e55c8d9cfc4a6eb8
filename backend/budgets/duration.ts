import { DAY, HOUR, MINUTE } from '../clock.ts';

const LENGTHS = { w: 7 * DAY, d: DAY, h: HOUR, m: MINUTE } as const;

/** The milliseconds of a text such as 28d, 4w, 12h or 30m; null for anything else and for nothing at all (0d). */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,5})([wdhm])$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * LENGTHS[match[2] as keyof typeof LENGTHS] || null;
}

/** Milliseconds as the shortest such text in days, hours or minutes: 28d, 12h, 90m. */
export function durationText(ms: number): string {
  const unit = (['d', 'h'] as const).find((one) => ms % LENGTHS[one] === 0) ?? 'm';
  return `${ms / LENGTHS[unit]}${unit}`;
}
