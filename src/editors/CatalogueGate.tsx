import { Alert, Button, LoadingPlaceholder, Stack } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { Catalogue } from '../../backend/contract.ts';
import type { PagebudgetDataSource } from '../datasource.ts';
import { useCatalogue } from './useCatalogue.ts';

interface Props {
  datasource: PagebudgetDataSource;
  children: (catalogue: Catalogue) => ReactNode;
}

/** Shows an editor once the catalogue is there, and until then what is awaited or what went wrong. */
export function CatalogueGate({ datasource, children }: Props) {
  const { catalogue, error, retry } = useCatalogue(datasource);
  if (catalogue) return children(catalogue);
  if (error === undefined) return <LoadingPlaceholder text="Asking the backend what can be queried…" />;
  return (
    <Alert severity="error" title="The Pagebudget backend did not say what can be queried">
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>{error}</span>
        <span>
          The query stays as it is. Look at the backend, and at its address and token in the settings of the
          data source, then try again.
        </span>
        <Button variant="secondary" size="sm" icon="sync" onClick={retry}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}
