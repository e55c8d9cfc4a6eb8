import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { asStarted } from '../start.ts';

/** A process of the bench that does what it is ordered. */
export interface Child {
  give(order: string, more?: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a file of this folder as a process, with Node's flags as `npm start` has them, and waits until it says that it is ready. */
export async function startChild(file: string, store: string): Promise<Child> {
  const { flags, environment } = asStarted();
  const child = fork(join(import.meta.dirname, file), [store], {
    execArgv: flags,
    env: { ...process.env, ...environment },
  });
  const order = orders(child);
  await order.ready;
  return {
    give: order.give,
    async stop() {
      child.kill();
      await order.gone;
    },
  };
}

function orders(child: ChildProcess) {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const ready = Promise.withResolvers<unknown>();
  waiting.set(0, ready);
  child.on('message', ({ id, told, error }: { id: number; told: unknown; error?: string }) => {
    if (error === undefined) waiting.get(id)?.resolve(told);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  const gone = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      const ended = new Error(`The process ended with ${signal ?? `code ${code}`}.`);
      for (const { reject } of waiting.values()) reject(ended);
      resolve();
    });
  });
  let last = 0;
  return {
    ready: ready.promise,
    gone,
    give(order: string, more: object = {}): Promise<unknown> {
      const answer = Promise.withResolvers<unknown>();
      last += 1;
      waiting.set(last, answer);
      child.send({ id: last, order, ...more });
      return answer.promise;
    },
  };
}
