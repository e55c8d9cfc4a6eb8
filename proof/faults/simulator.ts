import { createInterface } from 'node:readline';
import { startSimulator } from '../../simulator/server.ts';
import { skippingClock } from '../clock.ts';

/** A small simulated account as a process, on a clock of its own that runs fast; a line of standard input lets so many milliseconds pass at once. */
const [seed = '', until = '', factor = ''] = process.argv.slice(2);
const clock = skippingClock(Number(factor));
const simulator = await startSimulator({
  seed: Number(seed),
  size: 'small',
  until,
  port: 0,
  token: 'simulated',
  live: false,
  now: clock.now,
});
console.log(simulator.url);
createInterface(process.stdin).on('line', (line) => clock.skip(Number(line)));
process.once('SIGTERM', () => process.exit(0));
