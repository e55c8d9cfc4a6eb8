import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS, type FaultName, faults } from './catalogue.ts';
import { layGround } from './ground.ts';
import { type Ground, harvestUnder } from './run.ts';

const SEED = 3;

/** The faults whose proof holds and is quick; `npm run verify -- faults` tries all of the catalogue, and mixtures. */
const QUICK = [
  'unauthorized',
  'payment_required',
  'forbidden',
  'rate_limited',
  'rate_limited_silently',
  'server_error',
  'timeout',
  'reset',
  'truncated',
] as const satisfies FaultName[];

/** Milliseconds that one harvest under a fault may take on a slow machine. */
const PATIENCE = 180_000;

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-faults-'));
let ground: Ground;

beforeAll(async () => {
  ground = await layGround({ seed: SEED, until: '2026-06-01T12:00:00Z', days: 14, folder });
});

afterAll(async () => {
  await ground.account.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Every outcome is the whole store; what faults keep back until they end must have been told. */
async function prove(names: readonly string[]): Promise<void> {
  const some = names.flatMap((name) => faults[name] ?? []);
  const outcome = await harvestUnder(ground, names.join('+'), some, SEED);
  expect(outcome.differences).toEqual([]);
  expect(outcome.rows.log_entry).toBeGreaterThan(1000);
  if (some.some(({ tells }) => tells)) expect(outcome.told).not.toBeNull();
}

describe('the store is whole, and what is missing was told, although', () => {
  it.each(QUICK.map((name) => [FAULTS[name].words, name]))(
    '%s',
    async (_words, name) => {
      await prove([name]);
    },
    PATIENCE,
  );
});
