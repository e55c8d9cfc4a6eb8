import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { codeOf, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Client } from '../pagerduty/client.ts';
import { TIMED } from '../pagerduty/endpoints/index.ts';
import type { Store } from '../store/store.ts';
import { createTurns } from '../turns.ts';
import { BACKFILL, WindowError } from './backfill.ts';
import { type Change, createCommit } from './commit.ts';
import { faultyCoverage } from './coverage.ts';
import type { Crew } from './crew.ts';
import { declareRules } from './derive-all.ts';
import { createFaults, isFatal } from './faults.ts';
import type { Source } from './fetch.ts';
import { type Ledger, loadLedger } from './ledger.ts';
import { createPace } from './progress.ts';
import { openRequestBook, type RequestBook } from './request-book.ts';
import { type HarvestStatus, harvestedUntil, type Standing, statusBeforeStart, statusOf } from './status.ts';
import { CONNECT, DERIVE, regularTasks, type Task } from './tasks.ts';

/** What a harvest works with. */
export interface HarvestOptions {
  store: Store;
  client: Client;
  config: Config;
  clock: Clock;
  log: Log;
}

/** A harvest of one account into one store. */
export interface Harvest {
  /** Reads what the store knows and sets to work; resolves before the first request is answered. Throws AppError `store`. */
  start(): Promise<void>;
  /** Ends all work; what was committed stays. */
  stop(): Promise<void>;
  status(): HarvestStatus;
  /** Up to here everything was read, epoch milliseconds; null before the first read. */
  harvestedUntil(): number | null;
}

/** Makes a harvest; it does nothing until it is started. */
export function createHarvest(options: HarvestOptions): Harvest {
  const standing: Standing = { connected: false, stopped: null, running: false };
  const ending = new AbortController();
  let crew: Crew | null = null;
  let work: Promise<unknown> = Promise.resolve();

  const halt = async (error: unknown) => {
    if (ending.signal.aborted || !crew) return;
    standing.stopped = messageOf(error);
    options.log.error({ code: codeOf(error) }, `The harvest stopped. ${standing.stopped}`);
    ending.abort();
    await showStop(crew, error);
  };

  return {
    async start() {
      const ledger = await loadLedger(options.store);
      await declareRules(options.store, options.config);
      const requests = await openRequestBook(options.store, options.client, options.clock);
      const crewed = assemble(options, ledger, requests, ending.signal);
      crew = crewed;
      standing.running = true;
      const tasks = async () => {
        await lastingly(crewed, CONNECT, halt);
        if (ending.signal.aborted) return;
        standing.connected = true;
        await Promise.all(regularTasks().map((task) => lastingly(crewed, task, halt)));
      };
      work = Promise.all([lastingly(crewed, DERIVE, halt), tasks()]);
    },
    async stop() {
      standing.running = false;
      ending.abort();
      await work;
    },
    status: () => (crew ? statusOf(crew, standing) : statusBeforeStart(options.client)),
    harvestedUntil: () => (crew ? harvestedUntil(crew) : null),
  };
}

function assemble(options: HarvestOptions, ledger: Ledger, requests: RequestBook, signal: AbortSignal): Crew {
  const { store, client, config, clock, log } = options;
  const faults = createFaults();
  const remarks = new Map<string, string>();
  return {
    source: { client, context: readContext(config, ledger), stamp: createStamp(), signal },
    commit: createCommit({ store, ledger, faults, remarks, requests, settings: config }),
    onCallTurn: createTurns(),
    pace: createPace(clock),
    underWay: new Map(),
    inDoubt: new Set(),
    ...{ store, ledger, faults, remarks, config, clock, log },
  };
}

function createStamp(): Source['stamp'] {
  let last = 0;
  return (serverTime) => {
    last = Math.max(last, serverTime);
    return last;
  };
}

function readContext(config: Config, ledger: Ledger): Source['context'] {
  const hashEmail = (email: string) =>
    createHmac('sha256', Buffer.from(ledger.emailKey, 'hex')).update(email.toLowerCase()).digest('hex');
  return { hashEmail, runbookPattern: new RegExp(config.runbookPattern, 'i') };
}

/** Repeats a task until it says that it is done or the harvest ends; failures are waited out, save those that are fatal. */
async function lastingly(crew: Crew, task: Task, halt: (error: unknown) => Promise<void>): Promise<void> {
  const { source, clock, faults } = crew;
  const client = task.cause ? source.client.by(task.cause) : source.client;
  while (!source.signal.aborted) {
    let wait: number | null;
    try {
      wait = await task.step({ ...crew, source: { ...source, client } });
      // The backfill clears its faults by window, as a lane that found nothing to do has mended none.
      if (task.name !== BACKFILL && faults.clear(task.name, task.streamOf(null))) await crew.commit({});
      if (wait === null) return;
    } catch (error) {
      if (source.signal.aborted) return;
      const cause = error instanceof WindowError ? error.cause : error;
      if (isFatal(cause)) return halt(cause);
      wait = await noteFault(crew, task, task.streamOf(error), cause);
    }
    await clock.sleep(wait, source.signal);
  }
}

/** Notes why a task does not go on, in memory, log and coverage; gives back the milliseconds to wait. */
async function noteFault(crew: Crew, task: Task, stream: string, error: unknown): Promise<number> {
  const { faults, clock, ledger, log } = crew;
  const fault = faults.set(task.name, stream, error, clock.now());
  log.warn({ task: task.name, stream, code: codeOf(error), err: error }, fault.reason);
  await showFaults(crew, stream in TIMED ? [] : [faultyCoverage(ledger, stream, fault)]);
  return task.name === BACKFILL ? 0 : fault.retryAt - clock.now();
}

async function showFaults(crew: Crew, coverage: Change['coverage'] = []): Promise<void> {
  try {
    await crew.commit({ coverage });
  } catch (error) {
    crew.log.error({ code: codeOf(error) }, messageOf(error));
  }
}

/** A harvest that stopped for good says so in the coverage of every stream that figures lean on. */
async function showStop(crew: Crew, error: unknown): Promise<void> {
  for (const stream of Object.keys(TIMED)) crew.faults.set('harvest', stream, error, crew.clock.now());
  await showFaults(crew);
}
