import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Frame, readFrames } from './frames.ts';
import type { Answered } from './generator.ts';

/** A simulated account that another process makes. */
export interface Generated {
  /** Its address; where it is asked without HTTP only its path counts. */
  url: string;
  /** Answers as `fetch` does. */
  fetch: typeof fetch;
  /** Seconds that were spent waiting for answers while at least one was asked for; null where it is not known. */
  waited(): number | null;
  /** Seconds that the other process spent making them; null where it is not known. */
  busy(): number | null;
  stop(): Promise<void>;
}

/** Which account. */
export interface Account {
  seed: string;
  size: string;
  /** A file that describes its shape, in place of the size. */
  shape?: string;
  /** ISO 8601; the account stands still there. */
  until: string;
}

/** Starts the process that makes an account, to be asked without HTTP. */
export function generate({ seed, size, shape, until }: Account): Generated {
  const about = shape === undefined ? ['--size', size] : ['--account', shape];
  const args = [join(import.meta.dirname, 'generator.ts'), '--seed', seed, '--until', until, ...about];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, PromiseWithResolvers<Frame<Answered>>>();
  const ended = new Promise((resolve) => child.once('close', resolve));
  let last = 0;
  let busy = 0;
  const idle = { since: 0, sum: 0 };

  const receive = async () => {
    for await (const frame of readFrames<Answered>(child.stdout)) {
      busy = frame.head.busy;
      waiting.get(frame.head.id)?.resolve(frame);
      waiting.delete(frame.head.id);
      if (waiting.size === 0) idle.sum += performance.now() - idle.since;
    }
    for (const { reject } of waiting.values()) reject(new Error('The process that makes the account ended.'));
  };
  void receive();

  const ask = async (input: Parameters<typeof fetch>[0]): Promise<Response> => {
    last += 1;
    const id = last;
    if (waiting.size === 0) idle.since = performance.now();
    const answer = Promise.withResolvers<Frame<Answered>>();
    waiting.set(id, answer);
    child.stdin.write(`${JSON.stringify({ id, url: String(input) })}\n`);
    const { head, body } = await answer.promise;
    const headers = { date: new Date(head.now).toUTCString(), 'x-simulated': `${size} ${seed}` };
    return new Response(new Uint8Array(body), { status: head.status, headers });
  };

  return {
    url: 'http://simulated',
    fetch: ask,
    waited: () => idle.sum / 1000,
    busy: () => busy,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
