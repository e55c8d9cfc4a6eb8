import type { Bucket } from '../calendar/buckets.ts';
import { periodAt } from '../calendar/periods.ts';
import { type Zone, zoneOf } from '../calendar/zone.ts';
import { DAY } from '../clock.ts';
import type { AlertBudget, SteadyPeriod } from './alert-budget.ts';
import { durationText } from './duration.ts';

/** What a budget is judged by; instants are epoch milliseconds. */
export interface BudgetUse {
  budget: AlertBudget<SteadyPeriod>;
  /** The units of the stored history, ascending: all of them, or those from some instant before all that is asked about. */
  units: readonly number[];
  /** The instant as of which the budget is told: min(range end, harvested until). */
  at: number;
  /** The begin of what is harvested. */
  harvestedFrom: number;
  /** For calendar periods that name no zone. */
  accountZone: Zone;
}

/** A budget as of an instant; the names are those of the answer's columns. */
export interface BudgetStatus {
  /** The period: epoch milliseconds. */
  start: number;
  end: number;
  allowed: number;
  used: number;
  /** Share of the budget left, below 0 when overspent; null when nothing is allowed. */
  remaining: number | null;
  exhausted: boolean;
  overspent: boolean;
  /** Instant of the unit that began the present unbroken exhaustion. */
  exhausted_since: number | null;
  /** Use relative to an even pace (1) over the last 1, 3 and 7 days. */
  burn_1d: number | null;
  burn_3d: number | null;
  burn_7d: number | null;
  /** Seconds at the faster of the 3 and 7 day burn rates. */
  time_to_exhaustion: number | null;
  /** Why a column is null, by its name; exhausted_since needs no reason. */
  reasons: Readonly<Record<string, string>>;
}

/** One instant of a burn-down; null where the period does not reach or nothing is known. */
export interface BurnDownPoint {
  time: number;
  used: number | null;
  ideal: number | null;
  allowed: number;
}

const NOTHING_ALLOWED = 'the budget allows nothing';

/** The period of a budget as of an instant: the time before it, or the calendar period that contains the last instant before it. */
export function periodOf(period: SteadyPeriod, at: number, accountZone: Zone): Bucket {
  if (period.kind === 'rolling') return { start: at - period.length, end: at };
  const zone = period.timeZone === null ? accountZone : zoneOf(period.timeZone);
  return periodAt(zone, period.calendar, at - 1);
}

/** What is used and left of a budget, since when it is exhausted, how fast it burns and how long it lasts. */
export function budgetStatus(use: BudgetUse): BudgetStatus {
  const { budget, units, at } = use;
  const { allowed } = budget;
  const { start, end } = periodOf(budget.period, at, use.accountZone);
  const used = unitsBetween(units, start, at);
  const exhausted = used > 0 && used >= allowed;
  const burn = (days: number) => burnRate(use, end - start, days * DAY);
  const [day, three, week] = [burn(1), burn(3), burn(7)];
  const left = timeLeft({ allowed, used, length: end - start, exhausted, burns: [three, week] });
  return {
    start,
    end,
    allowed,
    used,
    remaining: allowed === 0 ? null : 1 - used / allowed,
    exhausted,
    overspent: used > allowed,
    exhausted_since: exhausted ? exhaustedSince(use, start) : null,
    burn_1d: day.value,
    burn_3d: three.value,
    burn_7d: week.value,
    time_to_exhaustion: left.value,
    reasons: reasonsOf({
      remaining: allowed === 0 ? NOTHING_ALLOWED : null,
      burn_1d: day.reason,
      burn_3d: three.reason,
      burn_7d: week.reason,
      time_to_exhaustion: left.reason,
    }),
  };
}

/** What was used, and would have been at an even pace, by each instant of its period: the present one; for calendar budgets also earlier and later ones, each instant its own. */
export function burnDown(use: BudgetUse, instants: readonly number[]): BurnDownPoint[] {
  const { budget, units, at, harvestedFrom, accountZone } = use;
  const { allowed, period } = budget;
  const present = periodOf(period, at, accountZone);
  const own = (time: number) => period.kind === 'rolling' || (time >= present.start && time <= present.end);
  return instants.map((time) => {
    const { start, end } = own(time) ? present : periodOf(period, time, accountZone);
    const inside = time >= start && time <= end;
    const known = inside && time <= at && time >= harvestedFrom;
    return {
      time,
      used: known ? unitsBetween(units, start, time) : null,
      ideal: inside ? (allowed * (time - start)) / (end - start) : null,
      allowed,
    };
  });
}

/** The burn rates as of one instant; null where the harvest began inside the window or the instant lies past what is told. */
export type BurnRates = { time: number } & Pick<BudgetStatus, 'burn_1d' | 'burn_3d' | 'burn_7d'>;

/** How fast a budget burned as of each instant. */
export function burnRates(use: BudgetUse, instants: readonly number[]): BurnRates[] {
  const { budget, accountZone } = use;
  return instants.map((time) => {
    const { start, end } = periodOf(budget.period, time, accountZone);
    const burn = (days: number) =>
      time > use.at ? null : burnRate({ ...use, at: time }, end - start, days * DAY).value;
    return { time, burn_1d: burn(1), burn_3d: burn(3), burn_7d: burn(7) };
  });
}

/** How many of the ascending instants lie in [from, to). */
export function unitsBetween(units: readonly number[], from: number, to: number): number {
  return firstFrom(units, to) - firstFrom(units, from);
}

type Figure = { value: number; reason: null } | { value: null; reason: string };

const unknown = (reason: string): Figure => ({ value: null, reason });

function burnRate({ budget, units, at, harvestedFrom }: BudgetUse, length: number, window: number): Figure {
  if (budget.allowed === 0) return unknown(NOTHING_ALLOWED);
  if (harvestedFrom > at - window)
    return unknown(`the harvest began less than ${durationText(window)} before`);
  const pace = budget.allowed / length;
  return { value: unitsBetween(units, at - window, at) / window / pace, reason: null };
}

function timeLeft(of: {
  allowed: number;
  used: number;
  length: number;
  exhausted: boolean;
  burns: Figure[];
}): Figure {
  if (of.exhausted) return { value: 0, reason: null };
  const missing = of.burns.find((burn) => burn.value === null);
  if (missing?.reason) return unknown(missing.reason);
  const fastest = Math.max(...of.burns.map((burn) => burn.value ?? 0));
  if (fastest === 0) return unknown('nothing was used in the last 7d');
  return { value: ((of.allowed - of.used) * of.length) / (of.allowed * fastest) / 1000, reason: null };
}

/** True where the present run of exhaustion reaches back to the first of the units, so that earlier ones may tell of an earlier begin. */
export function beginsWithFirstUnit(use: BudgetUse): boolean {
  if (use.budget.period.kind === 'calendar') return false;
  const { start } = periodOf(use.budget.period, use.at, use.accountZone);
  const used = unitsBetween(use.units, start, use.at);
  return used > 0 && used >= use.budget.allowed && firstOfRun(use, use.budget.period.length) === 0;
}

/** The instant of the unit with which the present run of use >= allowed began. */
function exhaustedSince(use: BudgetUse, start: number): number | null {
  const { budget, units } = use;
  const needed = neededOf(budget);
  const { period } = budget;
  const first = period.kind === 'calendar' ? firstFrom(units, start) : firstOfRun(use, period.length);
  return units[first + needed - 1] ?? null;
}

const neededOf = ({ allowed }: BudgetUse['budget']) => Math.max(allowed, 1);

/** The number of the first unit of the window with which the present run of exhaustion of a rolling budget began. */
function firstOfRun({ budget, units, at }: BudgetUse, length: number): number {
  const needed = neededOf(budget);
  const endOf = (unit: number) => (units[unit] ?? Number.NEGATIVE_INFINITY) + length;
  const begin = (first: number) => units[first + needed - 1] ?? Number.POSITIVE_INFINITY;
  let first = firstFrom(units, at) - needed;
  while (first > 0 && endOf(first - 1) >= begin(first)) first--;
  return first;
}

/** The number of the first unit at or after an instant. */
function firstFrom(units: readonly number[], at: number): number {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((units[middle] ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function reasonsOf(reasons: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(reasons).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
