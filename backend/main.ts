import { startApp } from './app.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { messageOf } from './errors.ts';
import { createLog } from './log.ts';

try {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const app = await startApp({
    config,
    clock: systemClock,
    log,
    fetch: globalThis.fetch,
    random: Math.random,
  });
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    await app.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop(signal));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
