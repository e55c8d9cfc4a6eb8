import { watchPlans } from './budgets/watch.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { configurationOf } from './configuration.ts';
import type { ConfigurationParts, Status } from './contract.ts';
import type { Harvest } from './harvest/harvest.ts';
import { createStandby } from './harvest/standby.ts';
import { createServing, listen } from './http/server.ts';
import type { Log } from './log.ts';
import { createOperations } from './operations/operations.ts';
import { createClient } from './pagerduty/client.ts';
import { credentialsOf } from './pagerduty/credential-kinds.ts';
import { cached } from './query/cache/cached.ts';
import { askAt } from './report/ask.ts';
import { startWeekly } from './report/schedule.ts';
import { openOnceFree } from './store/free.ts';
import type { Store } from './store/store.ts';
import { VERSION } from './version.ts';

/** What the process gives the application. */
export interface AppOptions {
  config: Config;
  clock: Clock;
  log: Log;
  fetch: typeof globalThis.fetch;
  /** Uniform in [0, 1). */
  random: () => number;
}

/** A running application. */
export interface App {
  /** Where it listens. */
  url: string;
  /** Ends the harvest at a safe point and requests under way, and closes the store. */
  stop(): Promise<void>;
}

/** Opens the store, waiting while another process has it, listens and sets the harvest to work. Throws AppError `config` or `store`. */
export async function startApp({ config, clock, log, fetch, random }: AppOptions): Promise<App> {
  const plans = watchPlans(config.budgets, log);
  plans();
  const store = await openOnceFree(config.store, { clock, log });
  try {
    const credentials = credentialsOf(config.pagerduty, { fetch, clock });
    const client = createClient({
      url: config.pagerduty.url,
      credentials,
      requestShare: config.requestShare,
      fetch,
      clock,
      random,
      log,
    });
    const harvest = createStandby({ store, client, config, clock, log });
    const serving = {
      reader: cached(store),
      settings: config,
      plans,
      configuration: () => configurationOf(config, plans(), store).hash,
      log,
      token: config.token,
      status: () => statusOf(harvest, store, config, configurationOf(config, plans(), store)),
    };
    const operations = createOperations(store, config, clock);
    const { server, url } = await listen(createServing(serving, operations), config.host, config.port);
    log.info({ url, store: store.name }, 'listening');
    await harvest.start().catch((error) => {
      server.close();
      throw error;
    });
    const weekly = config.reportWebhook
      ? startWeekly({
          ...{ store, status: serving.status, settings: config.report, webhook: config.reportWebhook },
          ...{ ask: askAt(url, config.token, fetch), fetch, clock, log },
        })
      : null;
    return {
      url,
      async stop() {
        await weekly?.stop();
        server.close();
        await harvest.stop();
        server.closeAllConnections();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function statusOf(
  harvest: Harvest,
  { name, bytes }: Store,
  config: Config,
  configuration: ConfigurationParts,
): Promise<Status> {
  return {
    version: VERSION,
    ...harvest.status(),
    rules: configuration.rules,
    configuration,
    store: { name, bytes: await bytes().catch(() => null) },
    timeZone: config.timeZone ?? 'UTC',
    timeZoneAssumed: config.timeZone === undefined,
  };
}
