import { startApp } from './app.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createLog } from './log.ts';
import { createFetch } from './pagerduty/outbound.ts';

/** Starts the backend; SIGINT or SIGTERM ends it at a safe point, and the process with it. Throws AppError `config` or `store`. */
export async function runBackend(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const fetch = createFetch(config.pagerduty);
  const app = await startApp({ config, clock: systemClock, log, fetch, random: Math.random });
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    await app.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop(signal));
}
