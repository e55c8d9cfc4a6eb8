import type { Slo } from './openslo.ts';
import { BURN_RULES, type BurnRuleName, factorOf, shortOf, TIME_RULE_NAMES } from './windows.ts';

/** A span [start, end) of epoch milliseconds. */
export interface Span {
  start: number;
  end: number;
}

/** What a time SLI is judged by. */
export interface SloUse {
  slo: Pick<Slo, 'target' | 'window'>;
  /** Open times of all its services' high-urgency incidents, in any order; they may overlap. */
  spans: readonly Span[];
  /** The instant as of which it is told, epoch milliseconds: min(range end, harvested until). */
  at: number;
  /** The begin of what is harvested, epoch milliseconds. */
  harvestedFrom: number;
}

/** How fast a rule's long window burns, and whether both windows are at or above its factor; null where the harvest began inside the long window. */
export interface RuleStatus {
  burn: number | null;
  state: boolean | null;
}

/** A time SLI over its window before an instant. */
export interface SloStatus {
  start: number;
  end: number;
  bad_seconds: number;
  /** Share of good time, 0-1. */
  sli: number;
  /** Share of the error budget left, below 0 when it is overspent. */
  remaining: number;
  rules: Readonly<Partial<Record<BurnRuleName, RuleStatus>>>;
}

/** What is left of an SLO's error budget and how fast it burns. */
export function sloStatus(use: SloUse): SloStatus {
  return statusAt(use, badTimeOf(use.spans), use.at);
}

/** The same as of each instant; null where it lies past what is told, or not after the begin of what is harvested. */
export function sloOverTime(use: SloUse, instants: readonly number[]): (SloStatus | null)[] {
  const badTime = badTimeOf(use.spans);
  return instants.map((at) => (at > use.at || at <= use.harvestedFrom ? null : statusAt(use, badTime, at)));
}

function statusAt({ slo, harvestedFrom }: SloUse, badTime: BadTime, at: number): SloStatus {
  const bad = (window: number) => badTime(at - window, at);
  const allowed = 1 - slo.target;
  const sli = 1 - bad(slo.window) / slo.window;
  const burn = (window: number) => bad(window) / window / allowed;
  const status = (name: BurnRuleName): RuleStatus => {
    const rule = BURN_RULES[name];
    if (harvestedFrom > at - rule.long) return { burn: null, state: null };
    const factor = factorOf(rule, slo.window);
    return { burn: burn(rule.long), state: burn(rule.long) >= factor && burn(shortOf(rule)) >= factor };
  };
  return {
    start: at - slo.window,
    end: at,
    bad_seconds: bad(slo.window) / 1000,
    sli,
    remaining: (sli - slo.target) / allowed,
    rules: Object.fromEntries(TIME_RULE_NAMES.map((name) => [name, status(name)])),
  };
}

/** The same time in spans that neither overlap nor touch, in order. */
export function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (start < end) merged.push({ start, end });
  }
  return merged;
}

/** Milliseconds of bad time in [from, to). */
type BadTime = (from: number, to: number) => number;

function badTimeOf(spans: readonly Span[]): BadTime {
  const merged = union(spans);
  const ends = merged.map((span) => span.end);
  let total = 0;
  const before = merged.map((span) => {
    total += span.end - span.start;
    return total - (span.end - span.start);
  });
  /** Bad time before an instant. */
  const until = (at: number): number => {
    const next = placeOf(ends, at);
    const span = merged[next];
    return span ? (before[next] ?? 0) + Math.max(0, at - span.start) : total;
  };
  return (from, to) => until(to) - until(from);
}

/** The number of the first of ascending instants that is at or after one. */
function placeOf(ascending: readonly number[], at: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
