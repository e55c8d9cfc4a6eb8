import type { QueryEditorProps } from '@grafana/data';
import type { PagebudgetDataSource } from '../datasource.ts';
import { defaultQuery, type PagebudgetQuery, patched, type QueryPatch } from '../query.ts';
import type { PagebudgetOptions } from '../settings.ts';
import { CatalogueGate } from './CatalogueGate.tsx';
import { QueryFields } from './QueryFields.tsx';

type Props = QueryEditorProps<PagebudgetDataSource, PagebudgetQuery, PagebudgetOptions>;

/** Edits a query with the inputs that the backend's catalogue names for its type. */
export function QueryEditor({ datasource, query, onChange, onRunQuery }: Props) {
  const shown = query.queryType ? query : { ...query, ...defaultQuery };
  const change = (patch: QueryPatch) => {
    onChange(patched(shown, patch));
    onRunQuery();
  };
  return (
    <CatalogueGate datasource={datasource}>
      {(catalogue) => (
        <QueryFields
          catalogue={catalogue}
          query={shown}
          change={change}
          valuesOf={(dimension, search) => datasource.values(dimension, search)}
        />
      )}
    </CatalogueGate>
  );
}
