import type { Query, QueryResult } from '../../backend/contract.ts';
import type { Memory } from '../load/memory.ts';
import { startChild } from './child.ts';
import { post } from './post.ts';

/** What the store is. */
export interface About {
  url: string;
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
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

/** Starts a process that serves a store as the backend does. */
export async function startMeasured(store: string): Promise<Measured> {
  const { give, stop } = await startChild('server.ts', store);
  const about = (await give('about')) as About;
  return {
    ...about,
    async ask(queries) {
      const { answer, took } = await post(`${about.url}/query`, { queries });
      const { results } = answer as { results: Record<string, QueryResult> };
      const failed = Object.values(results).find(({ status }) => status !== 200);
      if (failed) throw new Error(failed.error);
      return took;
    },
    arrive: async (count) => void (await give('arrive', { count })),
    backfill: async () => void (await give('backfill')),
    rest: async () => void (await give('rest')),
    memory: async () => (await give('memory')) as Memory,
    stop,
  };
}
