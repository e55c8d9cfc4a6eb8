import { SECOND } from '../clock.ts';
import type { Cause } from '../pagerduty/cause.ts';
import { BACKFILL, readNextWindow, WindowError } from './backfill.ts';
import { CHORE_WORK } from './chores.ts';
import { connect } from './connect.ts';
import { onCallCovered } from './coverage.ts';
import type { Crew } from './crew.ts';
import { deriveAll } from './derive-all.ts';
import { createFeed } from './feed.ts';
import { CHORES, type Chore, FEED_EVERY } from './plan.ts';

/** A piece of work that is repeated: `step` gives back the milliseconds until the next, or null when all is done. */
export interface Task {
  name: string;
  /** The cause that its requests are counted under; null for work that asks nothing. */
  cause: Cause | null;
  step(crew: Crew): Promise<number | null>;
  /** The stream that a failure of the task concerns. */
  streamOf(error: unknown): string;
}

/** What must have been done once before the others begin. */
export const CONNECT: Task = {
  name: 'connect',
  cause: 'connect',
  async step(crew) {
    await connect(crew);
    return null;
  },
  streamOf: () => 'log_entries',
};

/** Derives facts again where they were made under other rules; needs no connection and goes on beside everything else. */
export const DERIVE: Task = {
  name: 'derive',
  cause: null,
  async step({ store, config, ledger, source }) {
    const context = {
      settings: config,
      get covered() {
        return onCallCovered(ledger);
      },
    };
    await deriveAll(store, context, source.signal);
    return null;
  },
  streamOf: () => 'log_entries',
};

function feed(): Task {
  const read = createFeed();
  return {
    name: 'feed',
    cause: 'feed',
    step: async (crew) => ((await read(crew)) ? 0 : FEED_EVERY),
    streamOf: () => 'log_entries',
  };
}

/** Windows that are read side by side at most. */
const LANES = 16;

/** Windows that are read side by side even while others that were read still wait to be written. */
const LEAST_LANES = 3;

/** One of the lanes in which the backfill reads; those rest that the allowed rate does not need, or that read faster than the store can write, as what waits takes memory. */
function lane(number: number): Task {
  return {
    name: BACKFILL,
    cause: 'backfill',
    async step(crew) {
      if (number >= crew.source.client.width()) return 5 * SECOND;
      if (number >= LEAST_LANES && crew.commit.waiting() > 1) return SECOND;
      return (await readNextWindow(crew)) ? 0 : 15 * SECOND;
    },
    streamOf: (error) => (error instanceof WindowError ? error.window.stream : 'log_entries'),
  };
}

function chore(name: Chore): Task {
  const { stream, work } = CHORE_WORK[name];
  let begun = false;
  return {
    name,
    cause: name === 'summary' || name === 'retention' ? null : name,
    async step(crew) {
      const first = !begun;
      begun = true;
      // The directory was read when the harvest connected.
      if (!(first && name === 'directory')) await work(crew);
      return Math.min(CHORES[name], crew.faults.dueIn(name, crew.clock.now()) ?? CHORES[name]);
    },
    streamOf: () => stream,
  };
}

/** The tasks of a harvest that is connected; they go on side by side. */
export function regularTasks(): Task[] {
  const lanes = Array.from({ length: LANES }, (_, number) => lane(number));
  return [feed(), ...lanes, ...(Object.keys(CHORES) as Chore[]).map(chore)];
}
