import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { checkAccount, type Outcome } from '../oracle/check.ts';
import { readDocuments } from '../oracle/documents.ts';
import { harvested, startBackend } from './backend.ts';
import { writeBudgetFiles } from './budget-files.ts';
import { startSimulated } from './simulated.ts';

/** A simulated account: its seed, the instant (ISO 8601) at which it stands still, and its zone in configuration. */
export interface Account {
  seed: number;
  until: string;
  timeZone: string;
}

const DAY = 86_400_000;
const HISTORY = 90;

/** Simulates an account, harvests it with a real backend for each store (as PAGEBUDGET_STORE names them), and compares every number of each with the oracle's; files go to `folder`. */
export async function checkSimulated(
  { seed, until, timeZone }: Account,
  folder: string,
  stores: readonly string[],
): Promise<Outcome> {
  const account = await startSimulated({ seed, until });
  const budgets = join(folder, 'budgets');
  const documents = readDocuments(await writeBudgetFiles(account, budgets));
  const settings = join(folder, 'pagebudget.yaml');
  writeFileSync(settings, stringify({ requestShare: 1, budgets, timeZone }));
  const since = new Date(Date.parse(until) - HISTORY * DAY).toISOString();
  const backends = stores.map((store) => startBackend({ account, store, since, settings }));
  try {
    const statuses = await Promise.all(backends.map((backend) => harvested(backend)));
    const ends = new Set(statuses.map(({ harvestedUntil }) => harvestedUntil ?? until));
    const [harvestedUntil = until] = ends;
    if (ends.size > 1) throw new Error(`The backends harvested until ${[...ends].join(' and ')}.`);
    return await checkAccount({
      simulatorUrl: account.url,
      simulatorToken: account.token,
      backends: await Promise.all(backends.map(async ({ url }) => ({ url: await url, token: '' }))),
      accountZone: timeZone,
      since,
      harvestedUntil,
      ...documents,
      seed,
    });
  } finally {
    await Promise.all(backends.map(({ process }) => process.stop()));
    await account.stop();
  }
}
