import type { AdHocVariableFilter } from '@grafana/data';
import type { Catalogue, Filter, FilterOperator } from '../backend/contract.ts';
import type { PagebudgetQuery } from './query.ts';

/** The operators of Grafana's ad hoc filters; those with a bar take several values. */
const OPERATORS: Readonly<Record<string, FilterOperator>> = {
  '=': '=',
  '!=': '!=',
  '=~': '=~',
  '!~': '!~',
  '=|': '=',
  '!=|': '!=',
};

/** A dashboard's ad hoc filters as the wire has them; unfinished ones are left out. Throws on an operator that no dimension knows. */
export function filtersOf(adHoc: readonly AdHocVariableFilter[]): Filter[] {
  return adHoc
    .filter(({ key, value, values }) => key !== '' && (values ?? [value]).some((one) => one !== ''))
    .map(({ key, operator, value, values }) => {
      const op = OPERATORS[operator];
      if (!op) {
        throw new Error(
          `The filter on ${key} cannot use "${operator}": choose one of ${Object.keys(OPERATORS).join(', ')}.`,
        );
      }
      return { dimension: key, op, values: operator.endsWith('|') && values ? values : [value] };
    });
}

/** The query with further filters, if queries of its type take any. */
export function narrowed(query: PagebudgetQuery, filters: Filter[], catalogue: Catalogue): PagebudgetQuery {
  const type = catalogue.queryTypes.find(({ name }) => name === query.queryType);
  if (!type?.fields.some((field) => field.type === 'filters')) return query;
  return { ...query, filters: [...(query.filters ?? []), ...filters] };
}
