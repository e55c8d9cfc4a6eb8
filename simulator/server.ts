import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { makeTimeline } from './account/timeline.ts';
import { ApiError } from './http/api-error.ts';
import { makeApp } from './http/app.ts';
import { type Control, makeControl, type Report } from './http/control.ts';
import type { Changes } from './http/settings.ts';
import { modelOfSize, readModel, type Size } from './model/read.ts';
import { SECOND } from './time.ts';
import { makeWebhooks } from './webhooks/webhooks.ts';

/** What a simulated account follows from, and where it is served. */
export interface SimulatorOptions {
  seed: number;
  size: Size;
  /** A file that describes the account's shape, in place of the size. */
  account?: string;
  /** ISO 8601 with offset; the account's now, or where a live account begins. */
  until: string;
  /** 0 for any that is free. */
  port: number;
  /** The key that is accepted. */
  token: string;
  /** Whether the account's time goes on from `until`. */
  live: boolean;
  /** New incidents per minute of a live account; the model's if not given. */
  liveRate?: number;
  /** The clock, epoch ms; the machine's if not given. */
  now?: () => number;
  /** How far an account's clock (the Date header) has gone on without anything happening in it, ms. */
  idle?: () => number;
  /** The address to listen at; 127.0.0.1 if not given. */
  host?: string;
  /** What POST /_control would take, from the beginning. */
  changes?: object;
}

/** A running simulator. */
export interface Simulator {
  url: string;
  /** The account's time, epoch ms. */
  accountTime(): number;
  /** Changes settings as POST /_control does and tells what GET /_control tells; throws on one that is wrong. */
  control(changes?: Changes): Report;
  stop(): Promise<void>;
}

/** How often subscribers are told of what happened, ms of the machine. */
const WEBHOOKS_EVERY = 250;

/** Makes an account and serves it; rejects if the port is taken, `until` is no time or `account` describes none. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { seed, size, account, live, now: clock = Date.now, idle = () => 0, host = '127.0.0.1' } = options;
  const until = Math.floor(Date.parse(options.until) / SECOND) * SECOND;
  if (Number.isNaN(until)) throw new Error(`until must be an ISO 8601 time, not "${options.until}".`);
  const model = account === undefined ? modelOfSize(size) : readModel(account);
  const { liveRate = model.live.incidents_per_minute } = options;
  const timeline = makeTimeline({ seed, model, until, liveRate: live ? liveRate : 0 });
  const startedAt = clock();
  const accountTime = () => (live ? until + clock() - startedAt : until);
  const { organisation } = timeline;
  const control = makeControl({ token: options.token, seed, organisation, accountTime, clock });
  changed(control, options.changes ?? {});
  const arrivalTime = () => accountTime() + (live ? 0 : clock() - control.changedAt);
  const shape = account === undefined ? size : `${encodeURIComponent(basename(account))} ${digestOf(model)}`;
  const label = labelOf({ seed, shape, until, liveRate: live ? liveRate : null });
  timeline.advance(until);

  const dateTime = () => accountTime() + idle();
  const webhooks = makeWebhooks({ seed, timeline, accountTime, clock, settings: () => control.settings });
  const sending = setInterval(webhooks.tick, WEBHOOKS_EVERY).unref();
  const app = makeApp({ timeline, control, webhooks, accountTime, dateTime, arrivalTime, clock, label });
  const server = app.listen(options.port, host);
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    accountTime,
    control: (changes = {}) => changed(control, changes),
    stop: () =>
      new Promise((resolve, reject) => {
        clearInterval(sending);
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** Tells files of one name but different content apart. */
function digestOf(model: object): string {
  return createHash('sha256').update(JSON.stringify(model)).digest('hex').slice(0, 8);
}

/** Names everything that an account follows from; a live one also by its rate. */
function labelOf(origin: { seed: number; shape: string; until: number; liveRate: number | null }): string {
  const { seed, shape, liveRate } = origin;
  const until = new Date(origin.until).toISOString().replace('.000', '');
  const live = liveRate === null ? '' : `; live=${liveRate}`;
  return `pagebudget-simulator; seed=${seed}; size=${shape}; until=${until}${live}`;
}

function changed(control: Control, changes: object): Report {
  try {
    control.change(changes);
  } catch (error) {
    if (error instanceof ApiError) throw new Error(error.errors.join('; '));
    throw error;
  }
  return control.report();
}
