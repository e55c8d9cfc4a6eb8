import { readConfig } from '../config.ts';
import { runBackend } from '../run.ts';
import { onSimulator, startSimulatorProcess } from './simulator.ts';

/** Runs the backend on the account that PAGERDUTY_TOKEN opens, and without a token on a simulated one, in memory. */
export async function serve(): Promise<number> {
  const config = readConfig(process.env);
  if (config.pagerduty.credential === null) await serveSimulated();
  else await runBackend(config);
  return 0;
}

/** Real keys, addresses and stores stay out of it: a simulated account has its own of each. */
async function serveSimulated(): Promise<void> {
  process.stderr.write('PAGERDUTY_TOKEN is not set: this is a SIMULATED account, kept in memory only.\n');
  const simulator = await startSimulatorProcess();
  const env = { ...process.env, ...onSimulator(simulator.url), PAGEBUDGET_STORE: 'duckdb::memory:' };
  try {
    await runBackend(readConfig(env));
  } catch (error) {
    simulator.stop();
    throw error;
  }
}
