import { randomFor } from '../../random.ts';
import { TOKEN_PATH } from '../oauth.ts';
import { fits } from '../path.ts';
import { FAULTS } from './catalogue.ts';
import type { FaultOn } from './choice.ts';
import type { AnyFaultKind, Effect, Occasion } from './kind.ts';

/** What a fault has seen since it was switched on. */
export interface FaultCount {
  fault: string;
  /** Requests at its paths. */
  seen: number;
  /** Those of them that it struck. */
  struck: number;
}

/** The faults that are on. */
export interface ActiveFaults {
  /** What they do to a request, in the order in which they were given. */
  strike(occasion: Occasion): Effect[];
  counts(): FaultCount[];
}

/** Switches faults on. Chance follows from the seed, the question and how often it was asked, so the order of requests that cross does not matter. */
export function activate(choices: readonly FaultOn[], seed: number): ActiveFaults {
  const active = choices.map((choice, index) => activateOne(choice, `${seed}/${index}`));
  return {
    strike: (occasion) => active.map(({ strike }) => strike(occasion)).filter((effect) => effect !== null),
    counts: () => active.map(({ count }) => ({ ...count })),
  };
}

function activateOne({ fault, share, after, count: most, ...options }: FaultOn, seed: string) {
  const kind: AnyFaultKind = FAULTS[fault];
  const decide = kind.begin(options as never);
  const paths = options.paths ?? kind.paths;
  const count = { fault, seen: 0, struck: 0 };
  const asked = new Map<string, number>();

  const isStruck = (question: string) => {
    if (count.seen <= after || count.struck >= (most ?? Number.POSITIVE_INFINITY)) return false;
    if (share === 1) return true;
    const times = (asked.get(question) ?? 0) + 1;
    asked.set(question, times);
    return randomFor(seed, fault, question, times).chance(share);
  };
  return {
    count,
    strike(occasion: Occasion): Effect | null {
      const { path, endpoint, parameters } = occasion;
      const isMeant = paths
        ? paths.some((each) => each === endpoint || fits(each, path))
        : endpoint !== TOKEN_PATH;
      if (!isMeant) return null;
      count.seen += 1;
      const effect = isStruck(`${path}?${parameters}`) ? decide(occasion) : null;
      if (effect) count.struck += 1;
      return effect;
    },
  };
}
