import { createTheme, type DataSourcePlugin, type DataSourcePluginMeta, ThemeContext } from '@grafana/data';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import type { PagebudgetDataSource } from '../../../src/datasource.ts';
import type { PagebudgetQuery } from '../../../src/query.ts';
import type { PagebudgetOptions, PagebudgetSecrets } from '../../../src/settings.ts';
import { ConfigStage } from './ConfigStage.tsx';
import { QueryStage } from './QueryStage.tsx';
import { provideServices } from './services.ts';
import { loadPlugin } from './shared.ts';
import type { StageProps } from './stage.ts';
import { VariableStage } from './VariableStage.tsx';

type Plugin = DataSourcePlugin<PagebudgetDataSource, PagebudgetQuery, PagebudgetOptions, PagebudgetSecrets>;

const address = new URLSearchParams(location.search);
const theme = createTheme({ colors: { mode: address.get('theme') === 'light' ? 'light' : 'dark' } });
const stages: Record<string, ComponentType<StageProps>> = {
  config: ConfigStage,
  query: QueryStage,
  variable: VariableStage,
};

provideServices(address);
const { plugin } = await loadPlugin<{ plugin: Plugin }>('/dist/module.js');
const datasource = new plugin.DataSourceClass({
  id: 1,
  uid: address.get('uid') ?? 'pagebudget',
  type: 'pagebudget-pagerduty-datasource',
  name: 'Pagebudget',
  access: 'proxy',
  readOnly: false,
  jsonData: {},
  meta: { id: 'pagebudget-pagerduty-datasource' } as DataSourcePluginMeta,
});
const Stage = stages[address.get('view') ?? 'query'] ?? QueryStage;

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <ThemeContext.Provider value={theme}>
    <GlobalStyles />
    <PortalContainer />
    <Stage components={plugin.components} datasource={datasource} address={address} />
  </ThemeContext.Provider>,
);
