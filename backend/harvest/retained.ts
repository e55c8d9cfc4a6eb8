import { DAY } from '../clock.ts';
import type { FileSettings } from '../config.ts';
import { windowKey } from './ledger.ts';
import type { Window } from './plan.ts';

/** Of windows that come to cover the same span, the one that tells most of what is left to do counts. */
const RANK: Readonly<Record<string, number>> = { split: 0, done: 1, failed: 2, waiting: 2 };

/** The first instant of the UTC days that are kept at an instant; null where everything is. */
export function retainedFrom({ retention }: FileSettings, at: number): number | null {
  return retention === null ? null : Math.floor(at / DAY - retention) * DAY;
}

/** The windows, or what is left of them, from an instant on. */
export function retained(windows: ReadonlyMap<string, Window>, keptFrom: number | null): Map<string, Window> {
  const kept = new Map<string, Window>();
  for (const [key, window] of windows) {
    if (keptFrom === null || window.start >= keptFrom) keep(kept, key, window);
    else if (window.end > keptFrom) {
      const rest = { ...window, start: keptFrom };
      keep(kept, windowKey(rest), rest);
    }
  }
  return kept;
}

function keep(kept: Map<string, Window>, key: string, window: Window): void {
  const other = kept.get(key);
  if (!other || (RANK[window.state] ?? 0) >= (RANK[other.state] ?? 0)) kept.set(key, window);
}
