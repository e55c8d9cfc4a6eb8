import { createInterface } from 'node:readline';
import { readOptions } from '../simulator/options.ts';
import { startSimulator } from '../simulator/server.ts';
import { skippingClock } from './clock.ts';

/** A simulated account as a process, that lives only while a line of standard input lets so many milliseconds pass. */
const [seed = '', size = '', until = ''] = process.argv.slice(2);
const clock = skippingClock(0);
/** So far is PagerDuty's clock ahead of what happened last, ms: nothing lies within the seconds that a feed does not ask for yet. */
const AHEAD = 65_000;
const simulator = await startSimulator({
  ...readOptions(['--seed', seed, '--size', size, '--until', until, '--port', '0', '--live']),
  now: clock.now,
  idle: () => AHEAD,
});
console.log(simulator.url);
createInterface(process.stdin).on('line', (line) => {
  clock.skip(Number(line));
  console.log(new Date(simulator.accountTime()).toISOString());
});
process.once('SIGTERM', () => process.exit(0));
