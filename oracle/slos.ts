import type { Answer, Expected, GivenRow } from './answer.ts';
import { isOwnAlert } from './budgets.ts';
import { DAY } from './calendar.ts';
import { durationOf } from './duration.ts';
import type { Facts } from './facts.ts';
import { clip, type Interval, lengthOf, union } from './intervals.ts';
import { type BudgetQuery, rangeOf } from './query.ts';

/** The parts of an OpenSLO v1 document that a time SLI from PagerDuty needs. */
export interface SloDocument {
  metadata: { name: string };
  spec: {
    service?: string;
    timeWindow?: { duration: string }[];
    objectives: { target: number }[];
    indicator: {
      spec: { ratioMetric: { raw: { metricSource: { type: string; spec: { services: string[] } } } } };
    };
  };
}

/** The ticket rules of the SRE workbook: the budget's share that may burn over the long window, the short one a twelfth. */
const rules = {
  ticket_fast: { share: 0.1, long: DAY },
  ticket_slow: { share: 0.1, long: 3 * DAY },
};

function servicesOf(slo: SloDocument): string[] {
  return slo.spec.indicator.spec.ratioMetric.raw.metricSource.spec.services;
}

function windowOf(slo: SloDocument): number {
  return durationOf(slo.spec.timeWindow?.[0]?.duration ?? '28d');
}

const knownBad = new WeakMap<Facts, Map<SloDocument, Interval[]>>();

/** When an SLO's services were bad, in stretches that do not overlap. */
function badTimes(facts: Facts, slo: SloDocument): Interval[] {
  const known = knownBad.get(facts) ?? new Map<SloDocument, Interval[]>();
  knownBad.set(facts, known);
  const wanted = servicesOf(slo);
  const bad = () =>
    facts.incidents
      .filter(({ service }) => wanted.includes(service.id) || wanted.includes(service.name))
      .filter(({ urgency, title }) => urgency === 'high' && !isOwnAlert(title))
      .map(({ createdAt, resolvedAt }) => ({ from: createdAt, to: resolvedAt ?? facts.harvestedUntil }));
  const times = known.get(slo) ?? union(bad());
  known.set(slo, times);
  return times;
}

function badMilliseconds(facts: Facts, slo: SloDocument, from: number, to: number): number {
  return lengthOf(clip(badTimes(facts, slo), from, to));
}

function cellsOf(facts: Facts, slo: SloDocument, asOf: number): Record<string, Expected> {
  const window = windowOf(slo);
  const target = slo.spec.objectives[0]?.target ?? Number.NaN;
  const bad = badMilliseconds(facts, slo, asOf - window, asOf);
  const sli = 1 - bad / window;
  const burn = (length: number) => badMilliseconds(facts, slo, asOf - length, asOf) / length / (1 - target);
  const names = facts.incidents.map(({ service }) => service);
  const services = servicesOf(slo).map(
    (wanted) =>
      names.find(({ id, name }) => wanted === id || wanted === name) ?? { id: wanted, name: wanted },
  );
  const cells: Record<string, Expected> = {
    slo: slo.metadata.name,
    service: { oneOf: [{ joined: services.map(({ name }) => name) }, slo.spec.service ?? null] },
    service_id: { joined: services.map(({ id }) => id) },
    target,
    sli,
    remaining: (sli - target) / (1 - target),
    bad_seconds: bad / 1000,
    burn_page_fast: null,
    state_page_fast: null,
    burn_page_slow: null,
    state_page_slow: null,
  };
  for (const [rule, { share, long }] of Object.entries(rules)) {
    const factor = (share * window) / long;
    const isKnown = asOf - long >= facts.since;
    cells[`burn_${rule}`] = isKnown ? burn(long) : null;
    cells[`state_${rule}`] = isKnown ? burn(long) >= factor && burn(long / 12) >= factor : null;
  }
  return cells;
}

/** What view status of the SLOs must be answered with: a row per SLO as of the end of the range. */
export function sloStatusAnswer(facts: Facts, query: BudgetQuery, slos: SloDocument[]): Answer {
  const asOf = Math.min(rangeOf(query).to, facts.harvestedUntil);
  const rows = slos
    .filter(({ metadata }) => query.name === undefined || query.name === metadata.name)
    .map((slo) => ({ cells: cellsOf(facts, slo, asOf), required: true }));
  return { key: ['slo'], rows };
}

/** What views burn_down and burn_rate of one SLO must be answered with at the instants that were given; nothing is known past the end, nor as of the begin of the harvest. */
export function sloOverTimeAnswer(
  facts: Facts,
  query: BudgetQuery,
  slos: SloDocument[],
  given: GivenRow[],
): Answer {
  const slo = slos.find(({ metadata }) => metadata.name === query.name);
  if (!slo) throw new Error(`The oracle knows no SLO ${query.name}.`);
  const asOf = Math.min(rangeOf(query).to, facts.harvestedUntil);
  const told =
    query.view === 'burn_down'
      ? ['bad_seconds', 'remaining']
      : Object.keys(rules).map((rule) => `burn_${rule}`);
  const instants = given.length === 0 ? [asOf] : given.map(({ time }) => Number(time));
  const rows = instants.map((time) => {
    const known = time <= asOf && time > facts.since ? cellsOf(facts, slo, time) : {};
    return {
      cells: { time, ...Object.fromEntries(told.map((name) => [name, known[name] ?? null])) },
      required: true,
    };
  });
  return { key: ['time'], rows };
}
