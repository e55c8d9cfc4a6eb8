import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../backend/contract.ts';
import { type Backend, rowsOf } from './backend.ts';

/** What the first minutes of a new store brought. */
export interface FirstStart {
  /** From the start of the process to the first answers over the last 28 days that say that they are complete. */
  seconds: number;
  incidents: number;
}

const DAY = 86_400_000;
const EVERY = 250;

/** Asks a backend that was started at `begin` (performance.now) until the last 28 days answer completely, on-call time included. */
export async function measureFirstStart(
  backend: Backend,
  begin: number,
  withinMs: number,
): Promise<FirstStart> {
  await backend.url;
  while (performance.now() - begin < withinMs) {
    const answer = await lastMonth(backend);
    if (answer) return { seconds: (performance.now() - begin) / 1000, incidents: answer.incidents };
    await sleep(EVERY);
  }
  throw new Error(`The last 28 days did not answer completely within ${withinMs / 1000} s.`);
}

async function lastMonth(backend: Backend): Promise<{ incidents: number } | null> {
  const now = Date.now();
  const range = { from: new Date(now - 28 * DAY).toISOString(), to: new Date(now).toISOString() };
  const about = (metric: string): Omit<Query, 'refId'> => ({
    queryType: 'metric',
    range,
    metric,
    by: [],
    format: 'table',
  });
  const [incidents, onCall] = await Promise.all([
    backend.ask(about('incidents')),
    backend.ask(about('on_call_hours')),
  ]);
  const complete =
    incidents.frames.length > 0 && incidents.frames.every(({ schema }) => schema.meta.custom.complete);
  const { streams } = await backend.status();
  const onCallFrom = streams.find(({ stream }) => stream === 'on_call')?.from;
  if (!complete || !onCallFrom || Date.parse(onCallFrom) > now - 28 * DAY) return null;
  const hours = rowsOf(onCall)[0]?.on_call_hours;
  const count = rowsOf(incidents)[0]?.incidents;
  return typeof hours === 'number' && typeof count === 'number' ? { incidents: count } : null;
}
