import type { DataQueryRequest, MetricFindValue } from '@grafana/data';
import { useEffect, useState } from 'react';
import { lastValueFrom } from 'rxjs';
import type { ValueVariables, VariableQuery } from '../../../src/variables.ts';
import { requestOf } from './request.ts';
import type { StageProps } from './stage.ts';

/** The editor of a dashboard variable with the options that the variable would offer. */
export function VariableStage({ datasource, address }: StageProps) {
  const variables = datasource.variables as ValueVariables;
  const [query, setQuery] = useState<VariableQuery>({ refId: 'variable' });
  const [options, setOptions] = useState<MetricFindValue[]>([]);
  const Editor = variables.editor;
  useEffect(() => {
    const request: DataQueryRequest<VariableQuery> = requestOf(query, address);
    lastValueFrom(variables.query(request)).then(({ data }) => setOptions(data as MetricFindValue[]));
  }, [query, address, variables]);
  return (
    <>
      <Editor datasource={datasource} query={query} onChange={setQuery} onRunQuery={() => {}} />
      <ul aria-label="options">
        {options.map(({ text, value }) => (
          <li key={value}>{text}</li>
        ))}
      </ul>
    </>
  );
}
