import { FAULTS, faults } from '../faults/catalogue.ts';
import { layGround } from '../faults/ground.ts';
import { mixturesOf } from '../faults/mixtures.ts';
import { type Ground, harvestUnder } from '../faults/run.ts';
import { counted, type Part, wholeOf } from '../part.ts';

const UNTIL = '2026-06-01T12:00:00Z';

/** Every fault alone, and mixtures of them. */
export const FAULT_MATRIX: Part = {
  title:
    'Under every fault and mixture the store becomes the one without, or what is missing is told and comes later',
  options: { mixtures: '30', seed: '1', days: '90' },
  async prove(options, folder) {
    const [seed, days] = [wholeOf(options, 'seed'), wholeOf(options, 'days')];
    const ground = await layGround({ seed, until: UNTIL, days, folder });
    const single = Object.keys(FAULTS).map((name) => [name]);
    const mixtures = mixturesOf(Object.keys(FAULTS), wholeOf(options, 'mixtures'), seed);
    const lines: string[] = [];
    let failed = 0;
    try {
      for (const [index, names] of [...single, ...mixtures].entries()) {
        const { holds, line, rows } = await attempt(ground, names, seed + index);
        if (index === 0) lines.push(`seed ${seed}, ${days} days until ${UNTIL}: ${counted(rows)}`);
        lines.push(line);
        if (!holds) failed += 1;
      }
    } finally {
      await ground.account.stop();
    }
    const summary = `${single.length} faults and ${mixtures.length} mixtures, ${failed} of them did not hold`;
    return { holds: failed === 0, lines: [summary, ...lines] };
  },
};

async function attempt(ground: Ground, names: readonly string[], seed: number) {
  const some = names.flatMap((name) => faults[name] ?? []);
  try {
    const outcome = await harvestUnder(ground, `run-${seed}`, some, seed);
    const { told, differing, differences, refused, seconds, rows } = outcome;
    const holds = differing === 0 && (told !== null || !some.some(({ tells }) => tells));
    const words = told === null ? 'whole under the fault' : 'told, whole after it';
    const found = holds ? words : `${differing} rows differ, such as ${differences[0] ?? 'none'}`;
    const line = `${names.join(' + ')}: ${found} (${refused} requests refused, ${Math.round(seconds)} s)`;
    return { holds, line, rows };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { holds: false, line: `${names.join(' + ')}: FAILED: ${reason}`, rows: {} };
  }
}
