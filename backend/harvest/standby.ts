import { SECOND } from '../clock.ts';
import { codeOf, messageOf } from '../errors.ts';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Row, Store } from '../store/store.ts';
import { type CoverageRow, ESSENTIAL } from './coverage.ts';
import { createHarvest, type Harvest, type HarvestOptions } from './harvest.ts';
import { statusBeforeStart, streamStatus } from './status.ts';

/** What a process sees of the harvest that another one does into the same store. */
interface Seen {
  account: RowOf<'account'> | null;
  coverage: CoverageRow[];
}

const LOOK_EVERY = 10 * SECOND;

/** Makes a harvest that runs while this process has the right to write to the store; while another has it, this one tells what it sees of that one's work and waits to take over. */
export function createStandby(options: HarvestOptions): Harvest {
  const { store, client, clock, log } = options;
  const ending = new AbortController();
  let harvest: Harvest | null = null;
  let seen: Seen | null = null;
  let watching: Promise<void> = Promise.resolve();

  const look = async () => {
    const ours = await store.claim();
    if (ours && !harvest) {
      const begun = createHarvest(options);
      await begun.start();
      harvest = begun;
      log.info('this process harvests');
    }
    if (ours) return;
    if (harvest) {
      await harvest.stop();
      harvest = null;
    }
    seen = await see(store);
  };
  const watch = async () => {
    while (!ending.signal.aborted) {
      await clock.sleep(LOOK_EVERY, ending.signal);
      if (ending.signal.aborted) return;
      await look().catch((error) => log.warn({ code: codeOf(error) }, messageOf(error)));
    }
  };

  return {
    async start() {
      await look();
      if (!harvest) log.info('another process harvests into this store: this one answers and waits');
      watching = watch();
    },
    async stop() {
      ending.abort();
      await watching;
      await harvest?.stop();
    },
    status: () => harvest?.status() ?? { ...statusBeforeStart(client), ...(seen ? statusSeen(seen) : {}) },
    harvestedUntil: () => (harvest ? harvest.harvestedUntil() : seen && untilSeen(seen)),
  };
}

async function see(store: Store): Promise<Seen> {
  const [account] = await store.read<RowOf<'account'> & Row>(sql`SELECT * FROM "account"`);
  const coverage = await store.read<CoverageRow & Row>(sql`SELECT * FROM "coverage" ORDER BY "stream"`);
  return { account: account ?? null, coverage };
}

function statusSeen(seen: Seen) {
  const until = untilSeen(seen);
  const complete =
    seen.coverage.length > 0 &&
    seen.coverage.every(({ state }) => state === 'complete' || state === 'disabled');
  return {
    account: seen.account,
    state: 'standby' as const,
    harvestedUntil: until === null ? null : new Date(until).toISOString(),
    complete,
    reason: complete ? null : 'Another process harvests into this store, and is not done.',
    streams: seen.coverage.map(streamStatus),
  };
}

function untilSeen({ coverage }: Seen): number | null {
  const ends = ESSENTIAL.map((stream) => coverage.find((row) => row.stream === stream)?.to ?? null);
  return ends.reduce((a, b) => (a === null || b === null ? null : Math.min(a, b)));
}
