import type { Filter } from '../backend/contract.ts';
import type { PagebudgetQuery } from './query.ts';

/** The part of a template variable that decides whether its values are names to be taken literally. */
interface Variable {
  multi?: boolean;
  includeAll?: boolean;
}

/** Writes one variable's value, or its list of selected values, into a text. */
type Format = (value: string | string[], variable?: Variable) => string;

/** Replaces the template variables of a text, as Grafana's template service does; as `queryparam` they read `var-NAME=VALUE`. */
export type Replace = (text: string, format?: Format | 'queryparam') => string;

const single = ['metric', 'stat', 'bucket', 'format', 'view', 'name'] as const;

/** The query with every template variable replaced; a variable with several values becomes several values, and a dimension stands in `by` once. */
export function interpolated(query: PagebudgetQuery, replace: Replace): PagebudgetQuery {
  const result = { ...query };
  for (const property of single) {
    const text = query[property];
    if (text) result[property] = replace(text);
  }
  if (query.by) result.by = [...new Set(query.by.flatMap((text) => spread(text, replace)))];
  if (query.filters) result.filters = filtersOf(query.filters, replace);
  return result;
}

/** Filters without a dimension or a value restrict nothing and are left out: the editor's unfinished rows. So is one for All. */
function filtersOf(filters: Filter[], replace: Replace): Filter[] {
  return filters
    .filter(({ op, values }) => op.startsWith('!') || !values.some((text) => isAll(text, replace)))
    .map((filter) => ({
      ...filter,
      values: filter.values.flatMap((text) => spread(text, replace, filter.op)),
    }))
    .filter((filter) => filter.dimension !== '' && filter.values.length > 0);
}

/** Whether the text is a variable on which All is chosen: all rows are wanted, those without any value too. */
function isAll(text: string, replace: Replace): boolean {
  return /^var-[^=&]+=(\$|%24)__all$/.test(replace(text, 'queryparam'));
}

/** All texts that come out when each variable of the text takes each of its values. */
function spread(text: string, replace: Replace, op = '='): string[] {
  const lists: string[][] = [];
  const valuesOf = (value: string | string[], variable?: Variable) => {
    const literal = op.endsWith('~') && (variable?.multi || variable?.includeAll || Array.isArray(value));
    return [value].flat().map((item) => (literal ? escapeRegExp(item) : item));
  };
  replace(text, (value, variable) => {
    lists.push(valuesOf(value, variable));
    return '';
  });
  const combinations = lists.reduce<string[][]>(
    (heads, list) => heads.flatMap((head) => list.map((item) => [...head, item])),
    [[]],
  );
  return combinations.map((values) => fill(text, values, replace)).filter((value) => value !== '');
}

function fill(text: string, values: string[], replace: Replace): string {
  const next = values.values();
  return replace(text, () => next.next().value ?? '');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
