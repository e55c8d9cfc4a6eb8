import type { DataSourceSettings } from '@grafana/data';
import { Button } from '@grafana/ui';
import { useState } from 'react';
import type { PagebudgetOptions, PagebudgetSecrets } from '../../../src/settings.ts';
import type { StageProps } from './stage.ts';

type Settings = DataSourceSettings<PagebudgetOptions, PagebudgetSecrets>;

/** The configuration editor with what it would save, and the health check behind Save & test. */
export function ConfigStage({ components, datasource, address }: StageProps) {
  const [settings, setSettings] = useState(() => saved(address));
  const [health, setHealth] = useState('');
  const Editor = components.ConfigEditor;
  const test = () =>
    datasource.testDatasource().then(
      ({ status, message }) => setHealth(`${status}: ${message}`),
      ({ status, message }) => setHealth(`${status}: ${message}`),
    );
  return (
    <>
      {Editor && <Editor options={settings} onOptionsChange={setSettings} />}
      <br />
      <Button onClick={test}>Save &amp; test</Button>
      <output aria-label="health">{health}</output>
      <output className="dump" aria-label="settings" hidden={address.has('bare')}>
        {JSON.stringify(settings, null, 2)}
      </output>
    </>
  );
}

/** Settings as Grafana stores them: the address, and whether there is a token. */
function saved(address: URLSearchParams): Settings {
  const stored: Partial<Settings> = {
    url: address.get('url') ?? '',
    jsonData: {},
    secureJsonFields: { token: address.has('token') },
  };
  return stored as Settings;
}
