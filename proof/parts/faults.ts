import { createSeats } from '../../backend/seats.ts';
import { FAULTS, faults } from '../faults/catalogue.ts';
import { type Ground, layGround } from '../faults/ground.ts';
import { mixturesOf } from '../faults/mixtures.ts';
import { harvestUnder } from '../faults/run.ts';
import { counted, type Part, wholeOf } from '../part.ts';

const UNTIL = '2026-06-01T12:00:00Z';

/** Every fault alone, and mixtures of them. */
export const FAULT_MATRIX: Part = {
  title:
    'Under every fault and mixture the store becomes the one without, or what is missing is told and comes later',
  options: { mixtures: '30', seed: '1', days: '30' },
  async prove(options, folder) {
    const [seed, days] = [wholeOf(options, 'seed'), wholeOf(options, 'days')];
    const ground = layGround({ seed, until: UNTIL, days, folder });
    const single = Object.keys(FAULTS).map((name) => [name]);
    const mixtures = mixturesOf(Object.keys(FAULTS), wholeOf(options, 'mixtures'), seed);
    const seats = createSeats(LANES);
    const attempts = await Promise.all(
      [...single, ...mixtures].map((names, index) => seats.one(() => attempt(ground, names, seed + index))),
    );
    const failed = attempts.filter(({ holds }) => !holds).length;
    const summary = `${single.length} faults and ${mixtures.length} mixtures, ${failed} of them did not hold`;
    const rows = attempts.find(({ rows: found }) => found.log_entry)?.rows ?? {};
    const account = `seed ${seed}, ${days} days until ${UNTIL}: ${counted(rows)}`;
    return { holds: failed === 0, lines: [summary, account, ...attempts.map(({ line }) => line)] };
  },
};

/** Runs of harvests that go on beside each other. */
const LANES = 3;

async function attempt(ground: Ground, names: readonly string[], seed: number) {
  const some = names.flatMap((name) => faults[name] ?? []);
  try {
    const outcome = await harvestUnder(ground, `run-${seed}`, some, seed);
    const { told, differing, differences, refused, seconds, rows } = outcome;
    const mustTell = some.some(({ tells, remarks }) => tells || remarks);
    const holds = differing === 0 && (told !== null || !mustTell);
    const words = told === null ? 'whole under the fault' : 'told, whole after it';
    const found = holds ? words : `${differing} rows differ, such as ${differences[0] ?? 'none'}`;
    const line = `${names.join(' + ')}: ${found} (${refused} requests refused, ${Math.round(seconds)} s)`;
    return { holds, line, rows };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { holds: false, line: `${names.join(' + ')}: FAILED: ${reason}`, rows: {} };
  }
}
