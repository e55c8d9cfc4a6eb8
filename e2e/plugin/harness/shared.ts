import * as emotionCss from '@emotion/css';
import * as grafanaData from '@grafana/data';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaUi from '@grafana/ui';
import * as react from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';
import * as rxjs from 'rxjs';

/** SystemJS, as far as the page needs it. */
interface Loader {
  addImportMap(map: { imports: Record<string, string> }): void;
  set(id: string, module: object): void;
  import(url: string): Promise<unknown>;
}

declare const System: Loader;

const modules = {
  '@emotion/css': emotionCss,
  '@grafana/data': grafanaData,
  '@grafana/runtime': grafanaRuntime,
  '@grafana/ui': grafanaUi,
  react,
  'react-dom': reactDom,
  'react/jsx-runtime': jsxRuntime,
  rxjs,
};

/** Loads a built plugin as Grafana does: an AMD module that gets the page's own copies of the shared modules. */
export async function loadPlugin<Module>(url: string): Promise<Module> {
  const names = Object.keys(modules);
  System.addImportMap({ imports: Object.fromEntries(names.map((name) => [name, `app:${name}`])) });
  for (const [name, module] of Object.entries(modules)) System.set(`app:${name}`, { ...module });
  return (await System.import(url)) as Module;
}
