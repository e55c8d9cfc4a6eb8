import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Response } from 'express';
import type { Reply, Upstream } from './upstream.ts';

const root = join(import.meta.dirname, '../..');
const modules = join(root, 'node_modules');

const page = `<!doctype html>
<title>Pagebudget in the browser</title>
<script>window.__grafana_public_path__ = '/public/'; window.grafanaBootData = { settings: {}, user: {} };</script>
<script src="/system/system.min.js"></script>
<script src="/system/extras/amd.min.js"></script>
<style>body { padding: 16px; } .dump { display: block; margin-top: 24px; white-space: pre; font-family: monospace; } .dump[hidden] { display: none; }</style>
<body><script type="module" src="/harness/harness.js"></script></body>`;

/** Serves the page, the built plugin and those paths of Grafana's API that the plugin calls, each by data source uid. */
export function startServer(
  upstreams: Record<string, Upstream>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const app = express();
  app.use('/harness', express.static(join(modules, '.cache/plugin-harness/bundle')));
  app.use('/dist', express.static(join(root, 'dist')));
  app.use('/system', express.static(join(modules, 'systemjs/dist')));
  app.use('/public/build/img/icons', express.static(join(modules, '@grafana/ui/dist/public/img/icons')));
  app.get('/', (_request, response) => response.type('html').send(page));
  app.use('/api', express.json(), grafanaApi(upstreams));
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${port}`, stop: () => stop(server) });
    });
  });
}

function grafanaApi(upstreams: Record<string, Upstream>) {
  const api = express.Router();
  const upstream = (uid: string | undefined): Upstream => {
    const found = upstreams[uid ?? ''];
    if (!found) throw new Error(`The harness has no data source ${uid}.`);
    return found;
  };
  api.get('/datasources/uid/:uid/health', async ({ params }, response) => {
    const { body } = await upstream(params.uid).health();
    reply(response, { status: body.status === 'OK' ? 200 : 400, body });
  });
  api.get('/datasources/uid/:uid/resources/:path', async ({ params, url }, response) => {
    const [, search = ''] = url.split('?');
    reply(response, await upstream(params.uid).resource(`${params.path}?${search}`));
  });
  api.post('/ds/query', async ({ body }, response) => {
    const answer = await upstream(body.queries[0].datasource.uid).query(body);
    const faulty = Object.values(answer.body.results).some(({ error }) => error !== undefined);
    reply(response, { status: faulty ? 400 : 200, body: answer.body });
  });
  return api;
}

function reply(response: Response, { status, body }: Reply): void {
  response.status(status).json(body);
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
