import { startAccount } from '../account.ts';
import { buildPlugin, buildRelay } from './build.ts';
import { startServer } from './server.ts';
import { startRelay } from './upstream.ts';

/** The running chain: simulated PagerDuty, harvest, store, backend, relay and the server of the page. */
export interface Stack {
  /** The page's server; its data sources are `pagebudget` and `down`. */
  url: string;
  /** The backend itself, and what it wants to hear. */
  backend: { url: string; token: string };
  /** Where the backend of the data source `down` would be. */
  deadUrl: string;
  /** The range that is harvested. */
  from: string;
  to: string;
  stop(): Promise<void>;
}

const day = 86_400_000;
const days = 14;
const deadUrl = 'http://127.0.0.1:9';

/** Builds the plugin, starts the chain and waits until the account is harvested. */
export async function startStack(): Promise<Stack> {
  const [paths, account] = await Promise.all([buildRelay(), startAccount(days), buildPlugin()]);
  const { to, token } = account;
  const pagebudget = await startRelay(paths, account.url, token);
  const down = await startRelay(paths, deadUrl, token);
  const server = await startServer({ pagebudget, down });
  const parts = [server, down, pagebudget, account];
  return {
    url: server.url,
    backend: { url: account.url, token },
    deadUrl,
    from: new Date(Date.parse(to) - (days - 1) * day).toISOString(),
    to,
    async stop() {
      for (const part of parts) await part.stop();
    },
  };
}
