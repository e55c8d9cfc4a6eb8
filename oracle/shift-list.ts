import type { Answer, Expected } from './answer.ts';
import { type AlertBudget, budgetPeriodOf, isOwnAlert, pageUnits, selects, unitOf } from './budgets.ts';
import { contactDimensions, dutyDimensions } from './dimensions.ts';
import { durationOf } from './duration.ts';
import type { Facts } from './facts.ts';
import type { Duty } from './on-call.ts';
import type { Page } from './pages.ts';
import { type BudgetQuery, rangeOf } from './query.ts';

const ofTurns = ['schedule', 'escalation_policy', 'team'];

/** The distinct turns at level 1 of schedules that a budget keeps. */
function turnsOf(facts: Facts, budget: AlertBudget): Duty[] {
  const kept = Object.entries(budget.spec.select ?? {}).filter(([kind]) => ofTurns.includes(kind));
  const turns = facts.duties
    .filter(({ level, schedule }) => level === 1 && schedule)
    .filter((duty) => selects(Object.fromEntries(kept), (kind) => dutyDimensions[kind]?.(duty) ?? []));
  const identity = ({ person, schedule, from, to }: Duty) =>
    JSON.stringify([person.id, schedule?.id, from, String(to)]);
  return [...new Map(turns.map((turn) => [identity(turn), turn])).values()];
}

/** The pages that spend a unit of a budget; a paged incident is spent at its first page to the person. */
function spentBy(facts: Facts, budget: AlertBudget): Page[] {
  const first = new Map<string, Page>();
  for (const page of facts.pages) {
    const key = `${page.incidentId} ${page.person.id}`;
    if (page.time < (first.get(key)?.time ?? Number.POSITIVE_INFINITY)) first.set(key, page);
  }
  const firsts = new Set(first.values());
  const isUnit = pageUnits[unitOf(budget)] ?? ((page: Page) => firsts.has(page));
  return facts.pages
    .filter((page) => isUnit(page) && !isOwnAlert(page.incident?.title))
    .filter((page) => selects(budget.spec.select ?? {}, (kind) => contactDimensions[kind]?.(page) ?? []));
}

function slicesOf({ from, to }: Duty, length: number, until: number): { start: number; end: number }[] {
  const slices: { start: number; end: number }[] = [];
  for (let start = from; start < Math.min(to, until); start += length)
    slices.push({ start, end: Math.min(start + length, to) });
  return slices;
}

/** What view shifts of one budget by shift must be answered with: each slice of a turn that begins in the range. */
export function budgetShiftsAnswer(facts: Facts, query: BudgetQuery, budgets: AlertBudget[]): Answer {
  const budget = budgets.find(({ metadata }) => metadata.name === query.name);
  const period = budget && budgetPeriodOf(budget);
  if (!budget || !period || !('shift' in period)) throw new Error(`${query.name} is no budget by shift.`);
  const range = rangeOf(query);
  const spent = Map.groupBy(spentBy(facts, budget), ({ person }) => person.id);
  const rows = turnsOf(facts, budget).flatMap((turn) =>
    slicesOf(turn, durationOf(period.shift), range.to)
      .filter(({ start }) => start >= range.from)
      .map(({ start, end }) => {
        const isKnown = start >= facts.since && start < facts.harvestedUntil;
        const own = (spent.get(turn.person.id) ?? []).filter(({ time }) => time >= start && time < end);
        const cells: Record<string, Expected> = {
          user: turn.person.name,
          user_id: turn.person.id,
          schedule: turn.schedule?.name ?? null,
          schedule_id: turn.schedule?.id ?? null,
          start,
          end,
          used: isKnown ? own.length : null,
          allowed: budget.spec.allowed,
          over: isKnown ? own.length > budget.spec.allowed : null,
        };
        return { cells, required: true };
      }),
  );
  return { key: ['user_id', 'schedule_id', 'start', 'end'], rows };
}
