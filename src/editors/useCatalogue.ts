import { useCallback, useEffect, useState } from 'react';
import type { Catalogue } from '../../backend/contract.ts';
import type { PagebudgetDataSource } from '../datasource.ts';
import { reasonOf } from '../errors.ts';

/** What is known of the catalogue: nothing yet, the catalogue, or why there is none. */
export interface CatalogueState {
  catalogue?: Catalogue;
  error?: string;
  /** Asks the backend again. */
  retry: () => void;
}

/** Fetches the catalogue when an editor opens. */
export function useCatalogue(datasource: PagebudgetDataSource): CatalogueState {
  const [state, setState] = useState<Omit<CatalogueState, 'retry'>>({});
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    let current = true;
    const show = (next: Omit<CatalogueState, 'retry'>) => current && setState(next);
    setState({});
    datasource.catalogue().then(
      (catalogue) => show({ catalogue }),
      (error) => show({ error: reasonOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [datasource, attempt]);
  return { ...state, retry: useCallback(() => setAttempt((count) => count + 1), []) };
}
