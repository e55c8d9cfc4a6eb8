import type { DataQueryResponse } from '@grafana/data';
import { useEffect, useState } from 'react';
import { lastValueFrom } from 'rxjs';
import type { PagebudgetQuery } from '../../../src/query.ts';
import { Answer } from './Answer.tsx';
import { requestOf } from './request.ts';
import type { StageProps } from './stage.ts';

/** The query editor as in a panel: what it would save, and the answer to the query whenever the editor runs it. */
export function QueryStage({ components, datasource, address }: StageProps) {
  const [query, setQuery] = useState<PagebudgetQuery>(() => ({
    refId: 'A',
    ...datasource.getDefaultQuery(),
    ...JSON.parse(address.get('query') ?? '{}'),
  }));
  const [run, setRun] = useState(0);
  const [answer, setAnswer] = useState<DataQueryResponse>();
  const Editor = components.QueryEditor;
  // biome-ignore lint/correctness/useExhaustiveDependencies: as in Grafana, only the editor says when to run
  useEffect(() => {
    let current = true;
    if (!datasource.filterQuery(query)) return setAnswer({ data: [] });
    lastValueFrom(datasource.query(requestOf(query, address))).then((next) => current && setAnswer(next));
    return () => {
      current = false;
    };
  }, [run]);
  return (
    <>
      {Editor && (
        <Editor
          datasource={datasource}
          query={query}
          onChange={setQuery}
          onRunQuery={() => setRun((count) => count + 1)}
        />
      )}
      <output className="dump" aria-label="saved query" hidden={address.has('bare')}>
        {JSON.stringify(query, null, 2)}
      </output>
      {answer && !address.has('bare') && <Answer answer={answer} />}
    </>
  );
}
