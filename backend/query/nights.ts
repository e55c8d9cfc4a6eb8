import { gapsIn, merge, minutesOf, overlap, type Span } from './spans.ts';

/** What happened to one person in one night. */
export interface NightLoad {
  awakeMinutes: number;
  longestBlockMinutes: number;
  broken: boolean;
  severe: boolean;
}

const BROKEN_UNDER = 360;
const SEVERE_UNDER = 240;
const BROKEN_FROM_INTERRUPTIONS = 2;

/** The load of a night from the person's awake stretches (any that may touch it) and interruptions inside it. */
export function nightLoad(night: Span, awake: readonly Span[], sleepInterruptions: number): NightLoad {
  const inside = merge(awake.map((span) => overlap(span, night)).filter((span) => span.start < span.end));
  const longest = Math.max(0, ...gapsIn(night, inside).map(minutesOf));
  return {
    awakeMinutes: inside.reduce((sum, span) => sum + minutesOf(span), 0),
    longestBlockMinutes: longest,
    broken: longest < BROKEN_UNDER || sleepInterruptions >= BROKEN_FROM_INTERRUPTIONS,
    severe: longest < SEVERE_UNDER,
  };
}
