import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FAULTS, faults } from './catalogue.ts';
import { layGround } from './ground.ts';
import { mixturesOf } from './mixtures.ts';
import { harvestUnder } from './run.ts';

const SEED = 3;
const MIXTURES = 3;

/** Milliseconds that one harvest under faults may take on a slow machine, others beside it. */
const PATIENCE = 660_000;

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-faults-'));
const ground = layGround({ seed: SEED, until: '2026-06-01T12:00:00Z', days: 7, folder });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every outcome is the whole store; what faults keep back until they end must have been told. */
async function prove(names: readonly string[]): Promise<void> {
  const some = names.flatMap((name) => faults[name] ?? []);
  const outcome = await harvestUnder(ground, names.join('+'), some, SEED);
  expect(outcome.differences).toEqual([]);
  expect(outcome.rows.log_entry).toBeGreaterThan(500);
  if (some.some(({ tells, remarks }) => tells || remarks)) expect(outcome.told).not.toBeNull();
}

describe.concurrent('the store is whole, and what is missing was told, although', () => {
  it.each(Object.entries(FAULTS).map(([name, { words }]) => [words, name]))(
    '%s',
    (_words, name) => prove([name]),
    PATIENCE,
  );

  it.each(mixturesOf(Object.keys(FAULTS), MIXTURES, SEED).map((names) => [names.join(', '), names] as const))(
    'all at once: %s',
    (_words, names) => prove(names),
    PATIENCE,
  );
});
