import type { AlertBudget } from '../budgets/alert-budget.ts';
import type { Fault } from '../budgets/document.ts';
import type { Plans } from '../budgets/files.ts';
import type { Slo } from '../budgets/openslo.ts';
import type { Notice } from '../contract.ts';
import { AppError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { iso } from './coverage.ts';

interface Kinds {
  budget: AlertBudget;
  slo: Slo;
}

const LISTS = {
  budget: (plans: Plans) => plans.budgets,
  slo: (plans: Plans) => plans.slos,
} as const satisfies { [K in keyof Kinds]: (plans: Plans) => Kinds[K][] };

/** All budgets or SLOs, or the one named; an unknown name is an error that tells the nearest ones. */
export function chosenPlans<K extends keyof Kinds>(
  kind: K,
  plans: Plans,
  name: string | undefined,
): { plans: Kinds[K][]; faults: Fault[] } {
  const every = (LISTS[kind] as (plans: Plans) => Kinds[K][])(plans);
  if (!name) return { plans: every, faults: plans.faults };
  const named = every.filter((plan) => plan.name === name);
  if (named.length > 0) return { plans: named, faults: plans.faults };
  const near = nearest(
    name,
    every.map((plan) => plan.name),
  );
  const advice =
    near.length > 0
      ? `did you mean ${near.join(', ')}?`
      : `no file in the budgets folder holds a valid one${faultWords(plans.faults)}.`;
  throw new AppError('invalid_query', `${kind} "${name}" is unknown; ${advice}`);
}

/** The faults of budget files as notices, so that a panel shows what is missing and why. */
export function faultNotices(faults: readonly Fault[]): Notice[] {
  return faults.map(({ file, message }) => ({ severity: 'error', text: `${file}: ${message}` }));
}

/** Says so where a period reaches back before what is harvested. */
export function begunBeforeHarvest(name: string, start: number, harvestedFrom: number): Notice[] {
  if (start >= harvestedFrom) return [];
  const since = `its period began on ${iso(start).slice(0, 10)}, the harvest reaches back to ${iso(harvestedFrom).slice(0, 10)}`;
  return [{ severity: 'warning', text: `${name}: ${since}: what is used may be too low.` }];
}

/** Says so where a budget may have been exhausted for longer than is told, as a whole period before that instant is not harvested. */
export function exhaustedBeforeHarvest(name: string, since: number, length: number, from: number): Notice[] {
  if (since - length >= from) return [];
  const reach = `a whole period before it is not harvested, which reaches back to ${iso(from).slice(0, 10)}`;
  return [{ severity: 'info', text: `${name}: exhausted_since may be earlier: ${reach}.` }];
}

function faultWords(faults: readonly Fault[]): string {
  return faults.length === 0
    ? ''
    : ` (${faults.map(({ file, message }) => `${file}: ${message}`).join('; ')})`;
}
