import { createInterface } from 'node:readline';
import { startSimulator } from '../../simulator/server.ts';
import { skippingClock } from '../clock.ts';

/** A small simulated account as a process, in which nothing happens any more: requests are counted by a clock that runs fast, and a line of standard input moves the clock of its answers on by so many milliseconds. */
const [seed = '', until = '', factor = ''] = process.argv.slice(2);
const clock = skippingClock(Number(factor));
let idle = 0;
const simulator = await startSimulator({
  seed: Number(seed),
  size: 'small',
  until,
  port: 0,
  token: 'simulated',
  live: false,
  now: clock.now,
  idle: () => idle,
});
console.log(simulator.url);
createInterface(process.stdin).on('line', (line) => {
  idle += Number(line);
});
process.once('SIGTERM', () => process.exit(0));
