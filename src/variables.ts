import {
  CustomVariableSupport,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { firstValueFrom, from, map, type Observable, of } from 'rxjs';
import type { Catalogue, Filter, ValuesResponse } from '../backend/contract.ts';
import { offeredOf } from './choices.ts';
import type { PagebudgetDataSource } from './datasource.ts';
import { VariableEditor } from './editors/VariableEditor.tsx';

/** A dashboard variable's query: the dimension whose values it offers. */
export interface VariableQuery extends DataQuery {
  dimension?: string;
  /** Offers only values that occur with these in the dashboard's range; values may be other variables. */
  filters?: Filter[];
  /** What the viewer types into the variable; its presence makes Grafana ask again with each letter. */
  search?: string;
}

/** Stands in a variable's query for what the viewer types. */
export const TYPED = '$__searchFilter';

/** Fills dashboard variables with the values of a dimension, for instance all teams, or the services of the chosen ones. */
export class ValueVariables extends CustomVariableSupport<PagebudgetDataSource, VariableQuery> {
  editor = VariableEditor;
  private readonly datasource: PagebudgetDataSource;

  constructor(datasource: PagebudgetDataSource) {
    super();
    this.datasource = datasource;
  }

  query(request: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    const [target] = request.targets;
    if (!target?.dimension) return of({ data: [] });
    return from(this.offered(request, target, target.dimension)).pipe(
      map((answer) => ({ data: offeredOf(answer) })),
    );
  }

  private async offered(
    request: DataQueryRequest<VariableQuery>,
    target: VariableQuery,
    dimension: string,
  ): Promise<ValuesResponse> {
    const typed = getTemplateSrv().replace(target.search ?? '', request.scopedVars);
    const search = typed.includes('__searchFilter') ? '' : typed;
    const asked = {
      refId: target.refId,
      queryType: 'metric',
      by: [dimension],
      format: 'table',
      bucket: 'none',
    };
    const question = this.datasource.applyTemplateVariables(
      { ...asked, filters: target.filters ?? [] },
      request.scopedVars,
    );
    const filtered = question.filters?.map((filter) => filter.dimension) ?? [];
    if (filtered.length === 0) return this.datasource.values(dimension, search);
    const metric = metricFor(await this.datasource.catalogue(), [dimension, ...filtered]);
    const { data, error, errors } = await firstValueFrom(
      this.datasource.query({ ...request, targets: [{ ...question, metric }] }),
    );
    const fault = error ?? errors?.[0];
    if (fault) throw new Error(fault.message ?? 'The values could not be read.');
    return occurring(data as DataFrame[], dimension, search);
  }
}

/** A metric that can be grouped and filtered by all these dimensions. Throws where none can. */
function metricFor({ metrics }: Catalogue, wanted: string[]): string {
  const metric = metrics.find(({ dimensions }) => wanted.every((one) => dimensions.includes(one)));
  if (!metric) {
    throw new Error(`No figure goes with ${wanted.join(' and ')} together: filter by another dimension.`);
  }
  return metric.name;
}

/** The values of a dimension in a table that is grouped by it, those that contain the text. */
function occurring(frames: readonly DataFrame[], dimension: string, search: string): ValuesResponse {
  const columnOf = (name: string) => frames[0]?.fields.find((field) => field.name === name)?.values ?? [];
  const ids = columnOf(`${dimension}_id`);
  const values = columnOf(dimension)
    .map((name, row) => ({ id: String(ids[row] ?? name), name }))
    .filter((value): value is { id: string; name: string } => typeof value.name === 'string')
    .filter(({ id, name }) => `${name}\n${id}`.toLowerCase().includes(search.toLowerCase()));
  return { values, total: values.length };
}
