import { CustomVariableSupport, type DataQueryRequest, type DataQueryResponse } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { from, map, type Observable, of } from 'rxjs';
import { choicesOf } from './choices.ts';
import type { PagebudgetDataSource } from './datasource.ts';
import { VariableEditor } from './editors/VariableEditor.tsx';

/** A dashboard variable's query: the dimension whose values it offers. */
export interface VariableQuery extends DataQuery {
  dimension?: string;
}

/** Fills dashboard variables with the values of a dimension, for instance all teams. */
export class ValueVariables extends CustomVariableSupport<PagebudgetDataSource, VariableQuery> {
  editor = VariableEditor;
  private readonly datasource: PagebudgetDataSource;

  constructor(datasource: PagebudgetDataSource) {
    super();
    this.datasource = datasource;
  }

  query({ targets }: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    const dimension = targets[0]?.dimension;
    if (!dimension) return of({ data: [] });
    return from(this.datasource.values(dimension)).pipe(
      map((answer) => ({ data: choicesOf(answer).map(({ label, value }) => ({ text: label, value })) })),
    );
  }
}
