import { parseArgs } from 'node:util';
import { SIZES, type Size } from './account/timeline.ts';
import { startSimulator } from './server.ts';

const USAGE = `node simulator/main.ts [--seed 1] [--size ${Object.keys(SIZES).join('|')}] \
[--until 2026-11-16T00:00:00Z] [--port 4010] [--host 127.0.0.1] [--token simulated] [--live [--live-rate 2]]`;

async function main(): Promise<void> {
  const options = readOptions();
  const simulator = await startSimulator(options);
  const { seed, size, until, live } = options;
  console.log(
    `simulated PagerDuty on ${simulator.url} seed=${seed} size=${size} until=${until}${live ? ' live' : ''}`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => simulator.stop());
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      size: { type: 'string', default: 'small' },
      until: { type: 'string', default: new Date().toISOString() },
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      token: { type: 'string', default: 'simulated' },
      live: { type: 'boolean', default: false },
      'live-rate': { type: 'string', default: '2' },
    },
  });
  if (Number.isNaN(Date.parse(values.until))) {
    throw new Error(`--until must be an ISO 8601 time such as 2026-11-16T00:00:00Z, not "${values.until}".`);
  }
  return {
    ...values,
    seed: wholeNumber('seed', values.seed),
    port: wholeNumber('port', values.port),
    size: sizeOf(values.size),
    liveRate: rateOf(values['live-rate']),
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
  if (Object.hasOwn(SIZES, text)) return text as Size;
  throw new Error(`There is no size "${text}"; sizes are ${Object.keys(SIZES).join(' and ')}.`);
}

main().catch((error: Error) => {
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 1;
});
