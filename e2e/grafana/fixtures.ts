import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@grafana/plugin-e2e';
import { startGrafana } from '../../backend/cli/grafana.ts';
import { startAccount } from '../account.ts';
import { buildPlugin, buildRelay } from '../plugin/build.ts';

/** The Grafana under test. */
export interface Grafana {
  url: string;
}

const DAYS = 60;
const { GRAFANA_URL, GRAFANA_HOME } = process.env;

/** The size of the simulated account: small, unless PAGEBUDGET_E2E_SIZE says medium or large. */
export const SIZE = process.env.PAGEBUDGET_E2E_SIZE || 'small';

/** Why there is nothing to test in, or false. */
export const nowhere =
  !GRAFANA_URL && !GRAFANA_HOME && 'set GRAFANA_URL or GRAFANA_HOME to test in a real Grafana';

/** Tests in the Grafana at GRAFANA_URL, or in one of our own from GRAFANA_HOME with a harvested simulated account behind it. */
export const test = base.extend<object, { grafana: Grafana }>({
  grafana: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its parameter
    async ({}, use) => {
      if (GRAFANA_URL) return use({ url: GRAFANA_URL.replace(/\/+$/, '') });
      const folder = mkdtempSync(join(tmpdir(), 'pagebudget-grafana-'));
      await buildPlugin();
      await buildRelay();
      const account = await startAccount(DAYS, SIZE);
      const tokenFile = join(folder, 'token');
      writeFileSync(tokenFile, account.token);
      const grafana = await startGrafana({
        home: GRAFANA_HOME ?? '',
        port: await freePort(),
        backendUrl: account.url,
        token: `$__file{${tokenFile}}`,
        folder,
      });
      await use({ url: grafana.url });
      await grafana.stop();
      await account.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: SIZE === 'small' ? 900_000 : 1_800_000 },
  ],
  baseURL: async ({ grafana }, use) => use(grafana.url),
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The address of Explore with one query of a data source, over the last four weeks. */
export function exploreUrl(datasource: string, query: object): string {
  const ds = { type: 'pagebudget-pagerduty-datasource', uid: datasource };
  const pane = {
    datasource,
    queries: [{ refId: 'A', datasource: ds, ...query }],
    range: { from: 'now-28d', to: 'now' },
  };
  return `/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(JSON.stringify({ one: pane }))}`;
}
