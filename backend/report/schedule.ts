import { periodAt } from '../calendar/periods.ts';
import { type Zone, zoneOf } from '../calendar/zone.ts';
import { type Clock, DAY, MINUTE } from '../clock.ts';
import type { FileSettings } from '../config.ts';
import type { Status } from '../contract.ts';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { sql } from '../sql/statement.ts';
import type { Store } from '../store/store.ts';
import type { Ask } from './ask.ts';
import { asChat } from './chat.ts';
import { deliver } from './deliver.ts';
import { lastWeek } from './period.ts';
import { report } from './report.ts';

/** What a weekly report needs of the process. */
export interface WeeklyOptions {
  store: Store;
  ask: Ask;
  status: () => Promise<Status>;
  settings: FileSettings['report'];
  /** A Slack-compatible incoming webhook; its address is a secret. */
  webhook: string;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  log: Log;
}

/** A schedule at work. */
export interface Weekly {
  stop(): Promise<void>;
}

/** What is known of the last report that was due: it is written before the message goes out, so that none goes out twice. */
interface Noted {
  due: number;
  state: 'skipped' | 'sending' | 'sent' | 'failed' | 'unknown';
}

const NOTE = 'weekly_report';

/** Sends the report of the week before once a week to a webhook, as soon as that week is harvested; a report that was due before the first start is not made up for. Of several processes on one store the one that writes sends. */
export function startWeekly(options: WeeklyOptions): Weekly {
  const ending = new AbortController();
  const work = (async () => {
    while (!ending.signal.aborted) {
      await step(options, ending.signal).catch((error: unknown) =>
        options.log.warn({ err: error }, `The weekly report waits. ${messageOf(error)}`),
      );
      await options.clock.sleep(MINUTE, ending.signal);
    }
  })();
  return {
    async stop() {
      ending.abort();
      await work;
    },
  };
}

/** The last instant at or before `now` at which a report was due. */
export function lastDue(zone: Zone, { day, at }: FileSettings['report'], now: number): number {
  const dueIn = (instant: number) =>
    zone.fromLocal(zone.toLocal(periodAt(zone, 'week', instant).start) + (day - 1) * DAY + at * MINUTE);
  const due = dueIn(now);
  return due <= now ? due : dueIn(periodAt(zone, 'week', now).start - 1);
}

async function step(options: WeeklyOptions, signal: AbortSignal): Promise<void> {
  const { store, ask, settings, clock, log } = options;
  if (!(await store.claim())) return;
  const { timeZone, harvestedUntil, account } = await options.status();
  const zone = zoneOf(timeZone);
  const due = lastDue(zone, settings, clock.now());
  const noted = await lastNoted(store);
  if (noted === null) return note(store, { due, state: 'skipped' });
  if (noted.due >= due) return warnOfDoubt(options, noted);
  const period = lastWeek(zone, due);
  if (!harvestedUntil || harvestedUntil < period.range.to) return;
  const document = await report(ask, { period, teams: settings.teams, timeZone }, account);
  await note(store, { due, state: 'sending' });
  const delivery = await deliver(asChat(document), { ...options, url: options.webhook, signal });
  if (delivery.state === 'stopped') return note(store, noted);
  await note(store, { due, state: delivery.state });
  if (delivery.state === 'sent') log.info({ period: period.name }, 'weekly report sent');
  else log.error({ period: period.name }, `The weekly report was not sent: ${delivery.reason}. ${ADVICE}`);
}

const ADVICE = 'Look at PAGEBUDGET_REPORT_WEBHOOK, and send this one by hand from npm run report.';

/** A process that ended while it sent cannot know whether the message arrived; it says so once and does not send again. */
async function warnOfDoubt({ store, log }: WeeklyOptions, noted: Noted): Promise<void> {
  if (noted.state !== 'sending') return;
  log.warn(`The weekly report may not have arrived: the backend ended while it was sent. ${ADVICE}`);
  await note(store, { ...noted, state: 'unknown' });
}

async function lastNoted(store: Store): Promise<Noted | null> {
  const [row] = await store.read<{ value: string }>(sql`SELECT "value" FROM "note" WHERE "name" = ${NOTE}`);
  return row ? (JSON.parse(row.value) as Noted) : null;
}

function note(store: Store, noted: Noted): Promise<void> {
  return store.transact((writer) =>
    writer.put('note', [{ name: NOTE, value: JSON.stringify(noted), written_at: null }]),
  );
}
