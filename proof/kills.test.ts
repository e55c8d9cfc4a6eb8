import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { proveKills } from './kills.ts';
import { type Simulated, startSimulated } from './simulated.ts';

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-kills-'));
let account: Simulated;

beforeAll(async () => {
  account = await startSimulated({ seed: 5, until: '2026-06-01T00:00:00Z' });
});

afterAll(async () => {
  await account.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a backend killed in a transaction, between windows, amid facts and at a commit harvests what one that lived does', async () => {
  const outcome = await proveKills({ account, since: '2026-05-22', kills: 4, seed: 2, folder });
  expect(outcome.differences).toEqual([]);
  expect(outcome.kills.map(({ moment }) => moment)).toEqual(['transaction', 'windows', 'facts', 'commit']);
  for (const table of ['incident', 'log_entry', 'on_call', 'page', 'incident_fact', 'shift']) {
    expect(outcome.rows[table], table).toBeGreaterThan(90);
  }
}, 180_000);
