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

/** Simulates an account, harvests it with the real backend, and compares every number with the oracle's; files go to `folder`. */
export async function checkSimulated({ seed, until, timeZone }: Account, folder: string): Promise<Outcome> {
  const account = await startSimulated({ seed, until });
  const budgets = join(folder, 'budgets');
  const documents = readDocuments(await writeBudgetFiles(account, budgets));
  const settings = join(folder, 'pagebudget.yaml');
  writeFileSync(settings, stringify({ requestShare: 1, budgets, timeZone }));
  const since = new Date(Date.parse(until) - HISTORY * DAY).toISOString();
  const backend = startBackend({ account, file: join(folder, 'checked.duckdb'), since, settings });
  try {
    const { harvestedUntil } = await harvested(backend);
    return await checkAccount({
      simulatorUrl: account.url,
      simulatorToken: account.token,
      backendUrl: await backend.url,
      backendToken: '',
      accountZone: timeZone,
      since,
      harvestedUntil: harvestedUntil ?? until,
      ...documents,
      seed,
    });
  } finally {
    await backend.process.stop();
    await account.stop();
  }
}
