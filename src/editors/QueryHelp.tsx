import type { QueryEditorHelpProps } from '@grafana/data';
import { Card, Stack } from '@grafana/ui';
import type { PagebudgetDataSource } from '../datasource.ts';
import type { PagebudgetQuery } from '../query.ts';
import { CatalogueGate } from './CatalogueGate.tsx';

/** What can be asked, one example of each kind; a click runs it. */
export function QueryHelp({ datasource, query, onClickExample }: QueryEditorHelpProps<PagebudgetQuery>) {
  return (
    <CatalogueGate datasource={datasource as PagebudgetDataSource}>
      {({ queryTypes }) => (
        <Stack direction="column" gap={1}>
          <h2>What Pagebudget can answer</h2>
          {queryTypes.map(({ name, title, description, example }) => (
            <Card
              key={name}
              noMargin
              isCompact
              onClick={() => onClickExample({ ...example, refId: query?.refId ?? 'A', queryType: name })}
            >
              <Card.Heading>{title}</Card.Heading>
              <Card.Description>{description}</Card.Description>
            </Card>
          ))}
        </Stack>
      )}
    </CatalogueGate>
  );
}
