import { readOptions, USAGE } from './options.ts';
import { startSimulator } from './server.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const simulator = await startSimulator(options);
  const { seed, size, account, until, live } = options;
  console.log(
    `simulated PagerDuty on ${simulator.url} seed=${seed} ${account === undefined ? `size=${size}` : `account=${account}`} until=${until}${live ? ' live' : ''}`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => simulator.stop());
}

main().catch((error: Error) => {
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 1;
});
