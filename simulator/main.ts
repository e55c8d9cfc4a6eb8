import { parseArgs } from 'node:util';
import { SIZES, type Size } from './model/read.ts';
import { startSimulator } from './server.ts';

const USAGE = `node simulator/main.ts [--seed 1] [--size ${SIZES.join('|')} | --account FILE] \
[--until 2026-11-16T00:00:00Z] [--port 4010] [--host 127.0.0.1] [--token simulated] [--live [--live-rate 2]]`;

async function main(): Promise<void> {
  const options = readOptions();
  const simulator = await startSimulator(options);
  const { seed, size, account, until, live } = options;
  console.log(
    `simulated PagerDuty on ${simulator.url} seed=${seed} ${account === undefined ? `size=${size}` : `account=${account}`} until=${until}${live ? ' live' : ''}`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => simulator.stop());
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      size: { type: 'string', default: 'small' },
      account: { type: 'string' },
      until: { type: 'string', default: new Date().toISOString() },
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      token: { type: 'string', default: 'simulated' },
      live: { type: 'boolean', default: false },
      'live-rate': { type: 'string' },
    },
  });
  if (Number.isNaN(Date.parse(values.until))) {
    throw new Error(`--until must be an ISO 8601 time such as 2026-11-16T00:00:00Z, not "${values.until}".`);
  }
  const { account, 'live-rate': rate, ...rest } = values;
  return {
    ...rest,
    seed: wholeNumber('seed', values.seed),
    port: wholeNumber('port', values.port),
    size: sizeOf(values.size),
    ...(account !== undefined && { account }),
    ...(rate !== undefined && { liveRate: rateOf(rate) }),
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}".`);
  return Number(text);
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (text !== '' && rate >= 0 && rate <= 100) return rate;
  throw new Error(`--live-rate must be incidents per minute, 0 to 100, not "${text}".`);
}

function sizeOf(text: string): Size {
  const size = SIZES.find((name) => name === text);
  if (size) return size;
  throw new Error(`There is no size "${text}"; sizes are ${SIZES.join(', ')}.`);
}

main().catch((error: Error) => {
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 1;
});
