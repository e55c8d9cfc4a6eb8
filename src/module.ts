import { DataSourcePlugin } from '@grafana/data';
import { PagebudgetDataSource } from './datasource.ts';
import { ConfigEditor } from './editors/ConfigEditor.tsx';
import { QueryEditor } from './editors/QueryEditor.tsx';
import { QueryHelp } from './editors/QueryHelp.tsx';
import type { PagebudgetQuery } from './query.ts';
import type { PagebudgetOptions, PagebudgetSecrets } from './settings.ts';

/** What Grafana loads: the data source with its editors. */
export const plugin = new DataSourcePlugin<
  PagebudgetDataSource,
  PagebudgetQuery,
  PagebudgetOptions,
  PagebudgetSecrets
>(PagebudgetDataSource)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor)
  .setQueryEditorHelp(QueryHelp);
