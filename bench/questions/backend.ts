import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Query, QueryResult } from '../../backend/contract.ts';
import type { Memory } from '../load/memory.ts';
import { asStarted } from '../start.ts';
import { askRaw } from './ask-raw.ts';

/** What the store is. */
export interface About {
  url: string;
  /** Where metrics of raw rows are served. */
  rawUrl: string;
  engine: string;
  incidents: number;
  from: number;
  until: number;
  bytes: number | null;
}

/** A backend under measure. */
export interface Measured extends About {
  /** Asks queries in one request, all of a dashboard for instance, and tells how long the answer took, ms. */
  ask(queries: readonly Query[]): Promise<number>;
  arrive(count: number): Promise<void>;
  backfill(): Promise<void>;
  rest(): Promise<void>;
  /** Milliseconds that a metric takes of raw rows, up to each of some instants (epoch ms); null where plain SQL does not tell it. */
  raw(metric: string, untils: readonly number[]): Promise<number[] | null>;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

/** Starts a process that serves a store as the backend does. */
export async function startMeasured(store: string): Promise<Measured> {
  const { flags, environment } = asStarted();
  const child = fork(join(import.meta.dirname, 'server.ts'), [store], {
    execArgv: flags,
    env: { ...process.env, ...environment },
  });
  const order = orders(child);
  await order.ready;
  const about = (await order.give('about')) as About;
  return {
    ...about,
    async ask(queries) {
      const began = performance.now();
      const response = await fetch(`${about.url}/query`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ queries }),
      });
      const { results } = (await response.json()) as { results: Record<string, QueryResult> };
      const took = performance.now() - began;
      const failed = Object.values(results).find(({ status }) => status !== 200);
      if (failed) throw new Error(failed.error);
      return took;
    },
    arrive: async (count) => void (await order.give('arrive', { count })),
    backfill: async () => void (await order.give('backfill')),
    rest: async () => void (await order.give('rest')),
    raw: (metric, untils) => askRaw(about.rawUrl, metric, untils),
    memory: async () => (await order.give('memory')) as Memory,
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
