import type { DataSourcePluginComponents } from '@grafana/data';
import type { PagebudgetDataSource } from '../../../src/datasource.ts';
import type { PagebudgetQuery } from '../../../src/query.ts';
import type { PagebudgetOptions, PagebudgetSecrets } from '../../../src/settings.ts';

/** What a stage gets to mount an editor on: the built plugin's parts and the page's address. */
export interface StageProps {
  components: DataSourcePluginComponents<
    PagebudgetDataSource,
    PagebudgetQuery,
    PagebudgetOptions,
    PagebudgetSecrets
  >;
  datasource: PagebudgetDataSource;
  address: URLSearchParams;
}
