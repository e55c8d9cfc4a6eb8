import type { Effect, Refused } from './faults/kind.ts';
import type { Ways } from './ways.ts';

/** What all faults together do to one answer. */
export interface Disturbance {
  /** Milliseconds before anything happens. */
  delay: number;
  /** Seconds by which the Date header is ahead. */
  skew: number;
  refused: Refused | null;
  cut: Effect['cut'] | null;
  ways: Ways;
}

/** Adds effects up: delays and skews sum, private teams join, and of what cannot be shared the first has it. */
export function disturbanceOf(effects: readonly Effect[], ways: Ways): Disturbance {
  const calm: Disturbance = { delay: 0, skew: 0, refused: null, cut: null, ways };
  return effects.reduce((sum, effect) => {
    const hiddenTeams = new Set([...sum.ways.hiddenTeams, ...(effect.ways?.hiddenTeams ?? [])]);
    return {
      delay: sum.delay + (effect.delay ?? 0),
      skew: sum.skew + (effect.skew ?? 0),
      refused: sum.refused ?? effect.refused ?? null,
      cut: sum.cut ?? effect.cut ?? null,
      ways: { ...sum.ways, ...effect.ways, hiddenTeams },
    };
  }, calm);
}
