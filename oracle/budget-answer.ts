import type { Answer, Expected, ExpectedRow, GivenRow } from './answer.ts';
import {
  type AlertBudget,
  type BudgetUnit,
  budgetPeriodOf,
  type Period,
  periodAt,
  unitOf,
  unitTimes,
} from './budgets.ts';
import { DAY } from './calendar.ts';
import type { Facts } from './facts.ts';
import { type BudgetQuery, rangeOf } from './query.ts';

interface Spending {
  isRolling: boolean;
  times: number[];
  used: (from: number, to: number) => number;
  periodAt: (asOf: number) => Period;
}

/** How many of ascending instants lie before one. */
function countBefore(times: number[], instant: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((times[middle] ?? instant) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

function spendingOf(facts: Facts, budget: AlertBudget): Spending {
  const times = unitTimes(facts, budget);
  return {
    isRolling: 'rolling' in budgetPeriodOf(budget),
    times,
    used: (from, to) => countBefore(times, to) - countBefore(times, from),
    periodAt: (asOf) => periodAt(budget, asOf, facts.timeZone),
  };
}

function exhaustedSince(spending: Spending, allowed: number, asOf: number): number | null {
  const { times, used } = spending;
  const isExhausted = (instant: number) => {
    const spent = used(spending.periodAt(instant).start, instant);
    return spent > 0 && spent >= allowed;
  };
  if (!isExhausted(asOf)) return null;
  const begins = (instant: number) => spending.periodAt(instant).start;
  const changes = spending.isRolling
    ? times.flatMap((time) => [time, time + spending.periodAt(asOf).length])
    : [...times, ...times.map((time) => begins(time + 1)), begins(asOf)];
  let since: number | null = null;
  for (const change of [...new Set(changes)].filter((instant) => instant < asOf).sort((a, b) => b - a)) {
    if (!isExhausted(change + 1)) break;
    since = change;
  }
  return since;
}

function burnOver(
  facts: Facts,
  spending: Spending,
  allowed: number,
  asOf: number,
  days: number,
): number | null {
  const from = asOf - days * DAY;
  if (allowed === 0 || from < facts.since) return null;
  return spending.used(from, asOf) / (days * DAY) / (allowed / spending.periodAt(asOf).length);
}

function timeToExhaustion(
  used: number,
  allowed: number,
  length: number,
  burns: (number | null)[],
): number | null {
  if (used > 0 && used >= allowed) return 0;
  const known = burns.filter((burn) => burn !== null);
  const fastest = Math.max(...known);
  if (known.length < burns.length || fastest === 0) return null;
  return ((allowed - used) * length) / 1000 / (allowed * fastest);
}

function statusRow(facts: Facts, budget: AlertBudget, asOf: number): ExpectedRow {
  const spending = spendingOf(facts, budget);
  const { allowed, select } = budget.spec;
  const { start, length } = spending.periodAt(asOf);
  const used = spending.used(start, asOf);
  const burn = (days: number) => burnOver(facts, spending, allowed, asOf, days);
  const period = budgetPeriodOf(budget);
  const cells: Record<string, Expected> = {
    budget: budget.metadata.name,
    team: { joined: select?.team ?? [] },
    unit: unitOf(budget) satisfies BudgetUnit,
    period: 'rolling' in period ? `${period.rolling} rolling` : 'calendar' in period ? period.calendar : null,
    state: used > allowed ? 'overspent' : used > 0 && used >= allowed ? 'exhausted' : 'within',
    allowed,
    used,
    remaining: allowed === 0 ? null : 1 - used / allowed,
    exhausted: used > 0 && used >= allowed,
    overspent: used > allowed,
    exhausted_since: exhaustedSince(spending, allowed, asOf),
    burn_1d: burn(1),
    burn_3d: burn(3),
    burn_7d: burn(7),
    time_to_exhaustion: timeToExhaustion(used, allowed, length, [burn(3), burn(7)]),
  };
  return { cells, required: true };
}

function asOfOf(facts: Facts, query: BudgetQuery): number {
  return Math.min(rangeOf(query).to, facts.harvestedUntil);
}

function named<T extends { metadata: { name: string } }>(query: BudgetQuery, documents: T[]): T[] {
  return documents.filter(({ metadata }) => query.name === undefined || query.name === metadata.name);
}

/** What view status must be answered with: a row per budget but those of shifts. */
export function budgetStatusAnswer(facts: Facts, query: BudgetQuery, budgets: AlertBudget[]): Answer {
  const rows = named(query, budgets)
    .filter((budget) => !('shift' in budgetPeriodOf(budget)))
    .map((budget) => statusRow(facts, budget, asOfOf(facts, query)));
  return { key: ['budget'], rows };
}

/**
 * What view burn_down of one budget must be answered with at the instants that were given. A rolling budget may
 * show what its last period or what the period before each instant used. A calendar budget's present period holds both
 * its edges; at the edges of others either period holds.
 */
export function burnDownAnswers(
  facts: Facts,
  query: BudgetQuery,
  budgets: AlertBudget[],
  given: GivenRow[],
): Answer[] {
  const [budget] = named(query, budgets);
  if (!budget) throw new Error(`The oracle knows no budget ${query.name}.`);
  const spending = spendingOf(facts, budget);
  const asOf = asOfOf(facts, query);
  const last = spending.periodAt(asOf);
  const at = (instant: number, period: Period, usedFrom: number) => {
    const isKnown = instant <= asOf && instant >= facts.since;
    const used = isKnown ? spending.used(usedFrom, instant) : null;
    const ideal = (budget.spec.allowed * (instant - period.start)) / period.length;
    return { cells: { time: instant, used, ideal, allowed: budget.spec.allowed }, required: true };
  };
  const instants = given.length === 0 ? [asOf] : given.map(({ time }) => Number(time));
  const answer = (row: (instant: number) => ExpectedRow): Answer => ({
    key: ['time'],
    rows: instants.map(row),
  });
  if (spending.isRolling) {
    return [
      answer((instant) => at(instant, last, last.start)),
      answer((instant) => at(instant, last, instant - last.length)),
    ];
  }
  const isInLast = (instant: number) => instant >= last.start && instant <= last.start + last.length;
  const ofPeriod = (instant: number, seenFrom: number) => {
    const period = isInLast(instant) ? last : spending.periodAt(seenFrom);
    return at(instant, period, period.start);
  };
  return [
    answer((instant) => ofPeriod(instant, instant)),
    answer((instant) => ofPeriod(instant, instant + 1)),
  ];
}

/** What view burn_rate of one budget must be answered with at the instants that were given. */
export function burnRateAnswer(
  facts: Facts,
  query: BudgetQuery,
  budgets: AlertBudget[],
  given: GivenRow[],
): Answer {
  const [budget] = named(query, budgets);
  if (!budget) throw new Error(`The oracle knows no budget ${query.name}.`);
  const spending = spendingOf(facts, budget);
  const asOf = asOfOf(facts, query);
  const instants = given.length === 0 ? [asOf] : given.map(({ time }) => Number(time));
  const rows = instants.map((time) => {
    const burn = (days: number) =>
      time > asOf ? null : burnOver(facts, spending, budget.spec.allowed, time, days);
    return { cells: { time, burn_1d: burn(1), burn_3d: burn(3), burn_7d: burn(7) }, required: true };
  });
  return { key: ['time'], rows };
}
