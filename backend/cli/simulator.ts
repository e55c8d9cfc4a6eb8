import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { AppError } from '../errors.ts';

/** A simulated PagerDuty that runs beside this process. */
export interface SimulatorProcess {
  url: string;
  stop(): void;
}

const TOKEN = 'simulated';

/** The environment of a backend that reads the simulated PagerDuty at `url`: its key, its address and all of its 90 days. */
export function onSimulator(url: string) {
  return { PAGERDUTY_TOKEN: TOKEN, PAGERDUTY_API_URL: url, PAGEBUDGET_SINCE: '90d' };
}

/** Starts the simulated PagerDuty live, from now on, on a free port. Throws AppError `config` where it does not start. */
export function startSimulatorProcess(): Promise<SimulatorProcess> {
  const main = new URL('../../simulator/main.ts', import.meta.url).pathname;
  const args = [main, '--seed', '1', '--size', 'small', '--port', '0', '--token', TOKEN, '--live'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) resolve({ url, stop: () => child.kill() });
    });
    child.once('exit', (code) =>
      reject(new AppError('config', `The simulated PagerDuty ended with code ${code}.`)),
    );
  });
}
