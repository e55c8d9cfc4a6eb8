import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { copyStore } from '../backend/store/copy.ts';
import { openStore } from '../backend/store/open.ts';
import { checkAccount, type Outcome } from '../oracle/check.ts';
import { readDocuments } from '../oracle/documents.ts';
import { type Backend, harvested, startBackend } from './backend.ts';
import { writeBudgetFiles } from './budget-files.ts';
import { control, UNLIMITED } from './control.ts';
import { type Simulated, startSimulated } from './simulated.ts';

/** A simulated account: its seed, the instant (ISO 8601) at which it stands still, and its zone in configuration; a small one and its last 90 days unless told otherwise. */
export interface Account {
  seed: number;
  until: string;
  timeZone: string;
  size?: string;
  days?: number;
}

/** What came of the comparison, and in how many zones the people of the account live. */
export interface Checked extends Outcome {
  zones: number;
}

const DAY = 86_400_000;
const HISTORY = 90;

/** Longest that the harvest of an account may take, ms. */
const PATIENCE = 3_600_000;

/**
 * Simulates an account, harvests it with a real backend for each store (as PAGEBUDGET_STORE names them), or with
 * `copied` into the first one alone, from which the others are filled, and compares every number of each with the
 * oracle's; files go to `folder`.
 */
export async function checkSimulated(
  { seed, until, timeZone, size = 'small', days = HISTORY }: Account,
  folder: string,
  stores: readonly string[],
  { copied = false } = {},
): Promise<Checked> {
  const account = await startSimulated({ seed, until, size });
  await control(account, UNLIMITED);
  const budgets = join(folder, 'budgets');
  const documents = readDocuments(await writeBudgetFiles(account, budgets));
  const settings = join(folder, 'pagebudget.yaml');
  writeFileSync(settings, stringify({ requestShare: 1, budgets, timeZone }));
  const since = new Date(Date.parse(until) - days * DAY).toISOString();
  const start = (store: string) => startBackend({ account, store, since, settings });
  if (copied) await fillByCopy(start, stores);
  const backends = stores.map(start);
  try {
    const statuses = await Promise.all(backends.map((backend) => harvested(backend, { withinMs: PATIENCE })));
    const ends = new Set(statuses.map(({ harvestedUntil }) => harvestedUntil ?? until));
    const [harvestedUntil = until] = ends;
    if (ends.size > 1) throw new Error(`The backends harvested until ${[...ends].join(' and ')}.`);
    const outcome = await checkAccount({
      simulatorUrl: account.url,
      simulatorToken: account.token,
      backends: await Promise.all(backends.map(async ({ url }) => ({ url: await url, token: '' }))),
      accountZone: timeZone,
      since,
      harvestedUntil,
      now: until,
      ...documents,
      seed,
    });
    return { ...outcome, zones: await zonesOf(account) };
  } finally {
    await Promise.all(backends.map(({ process }) => process.stop()));
    await account.stop();
  }
}

/** Harvests into the first store and copies it to the others. */
async function fillByCopy(start: (store: string) => Backend, [first = '', ...others]: readonly string[]) {
  const backend = start(first);
  try {
    await harvested(backend, { withinMs: PATIENCE });
  } finally {
    await backend.process.stop();
  }
  const from = await openStore(first);
  for (const other of others) {
    const to = await openStore(other);
    await copyStore(from, to, () => undefined);
    await to.close();
  }
  await from.close();
}

/** In how many zones the people of an account live. */
async function zonesOf({ url, token }: Simulated): Promise<number> {
  const zones = new Set<string>();
  for (let offset = 0, more = true; more; offset += 100) {
    const headers = { Authorization: `Token token=${token}`, Connection: 'close' };
    const response = await fetch(`${url}/users?limit=100&offset=${offset}`, { headers });
    const page = (await response.json()) as { users: { time_zone: string | null }[]; more: boolean };
    for (const { time_zone } of page.users) if (time_zone !== null) zones.add(time_zone);
    more = page.more;
  }
  return zones.size;
}
