import { type Config, readConfig } from '../config.ts';
import { runBackend } from '../run.ts';
import { onSimulator, startSimulatorProcess } from './simulator.ts';

/** Runs the backend on the account that PAGERDUTY_TOKEN opens, and without a token on a simulated one, in memory. */
export async function serve(): Promise<number> {
  const config = readConfig(process.env);
  await runBackend(config.pagerduty.token === null ? await simulated() : config);
  return 0;
}

/** Real keys, addresses and stores stay out of it: a simulated account has its own of each. */
async function simulated(): Promise<Config> {
  process.stderr.write('PAGERDUTY_TOKEN is not set: this is a SIMULATED account, kept in memory only.\n');
  const { url } = await startSimulatorProcess();
  return readConfig({ ...process.env, ...onSimulator(url), PAGEBUDGET_STORE: 'duckdb::memory:' });
}
