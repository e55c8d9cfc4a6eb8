import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Account, Generated } from './generated.ts';

const SIMULATOR = join(import.meta.dirname, '../../simulator/main.ts');

/** Starts the simulator on a port of its own, without a rate limit, to be asked over HTTP. */
export async function serve({ seed, size, shape, until }: Account): Promise<Generated> {
  const about = shape === undefined ? ['--size', size] : ['--account', shape];
  const fixed = ['--port', '0', '--token', 'unused', '--set', 'rateLimit=1000000000'];
  const args = [SIMULATOR, '--seed', seed, '--until', until, ...about, ...fixed];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/[^\s"]+/.exec(line) ?? [];
    if (url === undefined) continue;
    return {
      ...{ url, fetch, waited: () => null, busy: () => null },
      async stop() {
        child.kill();
        await ended;
      },
    };
  }
  throw new Error('The simulator ended before it listened.');
}
