import type { Filter, Query } from '../../backend/contract.ts';
import { catalogue } from '../../backend/query/catalogue.ts';
import { FROM, ROWS, TO } from '../../backend/query/testing/rows.ts';
import type { Chance } from '../../oracle/random.ts';
import { hostile, hostileText } from './hostile.ts';
import { PLANS } from './plans.ts';

const { queryTypes, metrics } = catalogue();
const OPERATORS = ['=', '!=', '=~', '!~'] as const;
const PATTERNS = ['.*', 'S.*', '[A-Z].+', '(high|push|1)', 'x?'];
const DAY = 86_400_000;

/** Lengths of ranges; the longest that is answered is of 20 years of 366 days. */
const SHORT = [1, 3_600_000, DAY, 7 * DAY, 28 * DAY, 90 * DAY];
const LONG = [366 * DAY, 5 * 366 * DAY, 20 * 365 * DAY, 20 * 366 * DAY];
const TOO_LONG = [20 * 366 * DAY + 1, 100 * 366 * DAY, 2000 * 366 * DAY];

const INTERVALS = [0, 0.5, 1, 60_000, 3_600_000, 25 * 3_600_000, 30 * DAY, 1e15];
const DATA_POINTS = [0, 0.5, 1, 300.5, 1000, 20_000, 200_000, 1e308];

/** What stands in a field of one number or name where it is not as it should be. */
const ODD = [-1, -0.5, -1e308, 1e308, 5e-324, '', '60000', 'NaN', null, [1000]];
const ODD_FIELDS = ['intervalMs', 'maxDataPoints', 'limit', 'name'] as const satisfies (keyof Query)[];

const BUDGETS = PLANS.budgets.map(({ name }) => name);
/** What may be named, by the query types that can. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  metric: BUDGETS,
  budget: BUDGETS,
  slo: PLANS.slos.map(({ name }) => name),
};

/** A few values that each dimension of the account has. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  service: ['S1', 'Service S2'],
  team: ROWS.team.flatMap(({ id, name }) => [id, name]),
  escalation_policy: ['P1', 'Policy P2'],
  schedule: ['C1', 'Primary'],
  user: ['Ann', 'Bob B.'],
  urgency: ['high', 'low'],
  status: ['triggered', 'resolved'],
  category: ['disk <n> full'],
  hour_class: ['business', 'off', 'sleep'],
  weekday: ['1', '7'],
  hour: ['0', '13'],
  means: ['push', 'phone'],
  resolved_by: ['user', 'timeout'],
};

const CHOICES = {
  bucket: ['none', 'auto', 'hour', 'day', 'week', 'month'],
  format: ['time_series', 'table', 'heatmap'],
  compare: ['none', 'previous'],
  stat: ['p50', 'p90', 'p99', 'mean'],
  timeZone: ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'],
} as const satisfies Partial<Record<keyof Query, readonly string[]>>;

/** A query of which every part exists and mostly goes with the others. */
export function sound(chance: Chance): Query {
  const length = chance.pick(chance.pick([SHORT, SHORT, SHORT, SHORT, SHORT, LONG, LONG, TOO_LONG]));
  const from = Date.parse(FROM) + chance.below(Date.parse(TO) - Date.parse(FROM)) - chance.pick([0, length]);
  const shared = {
    refId: 'A',
    range: { from: new Date(from).toISOString(), to: new Date(from + length).toISOString() },
    ...(chance.below(3) === 0 ? { timeZone: chance.pick(CHOICES.timeZone) } : {}),
    ...(chance.below(4) === 0 ? { limit: 1 + chance.below(20) } : {}),
    ...(chance.below(2) === 0 ? { intervalMs: chance.pick(INTERVALS) } : {}),
    ...(chance.below(2) === 0 ? { maxDataPoints: chance.pick(DATA_POINTS) } : {}),
  };
  if (chance.below(3) === 0) {
    const { name, fields } = chance.pick(queryTypes.filter(({ name }) => name !== 'metric'));
    const views = fields.find((field) => field.name === 'view')?.choices ?? [];
    return {
      ...shared,
      ...named(name, chance),
      queryType: name,
      ...(views.length > 0 ? { view: chance.pick(views).value } : {}),
      filters: filtersOn(chance, ['team', 'user', 'service', 'escalation_policy']),
    };
  }
  const metric = chance.pick(metrics);
  const chosen = (['bucket', 'format', 'compare'] as const).filter(() => chance.below(2) === 0);
  return {
    ...shared,
    ...named('metric', chance),
    queryType: 'metric',
    ...(chance.below(12) === 0 ? {} : { metric: metric.name }),
    by: [...new Set(Array.from({ length: chance.pick([0, 1, 1, 2]) }, () => chance.pick(metric.dimensions)))],
    filters: filtersOn(chance, metric.dimensions),
    ...Object.fromEntries(chosen.map((field) => [field, chance.pick<string>(CHOICES[field])])),
    ...(metric.stats.length > 0 ? { stat: chance.pick(CHOICES.stat) } : {}),
  };
}

function named(queryType: string, chance: Chance): { name?: string } {
  const names = NAMES[queryType];
  return names && chance.below(4) === 0 ? { name: chance.pick(names) } : {};
}

function filtersOn(chance: Chance, dimensions: readonly string[]): Filter[] {
  return Array.from({ length: chance.pick([0, 0, 1, 2]) }, () => {
    const dimension = chance.pick(dimensions);
    const known = KNOWN[dimension] ?? [];
    const op = known.length > 0 ? chance.pick(OPERATORS) : chance.pick(['=~', '!~'] as const);
    const value = () => (op.endsWith('~') ? chance.pick(PATTERNS) : chance.pick(known));
    return { dimension, op, values: Array.from({ length: 1 + chance.below(2) }, value) };
  });
}

/** A query with a few of its parts, however deep, put out for something else. */
export function spoiled(chance: Chance): unknown {
  let query: unknown = sound(chance);
  if (chance.below(8) === 0)
    query = { ...sound(chance), [chance.pick(ODD_FIELDS)]: chance.pick([...ODD, hostile(chance)]) };
  for (let n = chance.pick([0, 0, 0, 1, 1, 2, 4]); n > 0; n--) query = replaced(query, chance);
  return query;
}

function replaced(thing: unknown, chance: Chance): unknown {
  if (typeof thing !== 'object' || thing === null || chance.below(6) === 0) return hostile(chance);
  const keys = Object.keys(thing);
  const key = keys.length === 0 || chance.below(12) === 0 ? hostileText(chance) : chance.pick(keys);
  const value = replaced(Reflect.get(thing, key), chance);
  if (Array.isArray(thing)) return thing.map((one, index) => (String(index) === key ? value : one));
  return { ...thing, [key]: value };
}
