import { chanceOf } from '../../oracle/random.ts';

const [LEAST, MOST] = [2, 4];

/** So many mixtures of two to four faults, drawn by seed out of names. */
export function mixturesOf(names: readonly string[], count: number, seed: number): string[][] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => {
    const left = [...names];
    const size = LEAST + chance.below(MOST - LEAST + 1);
    return Array.from({ length: size }, () => left.splice(chance.below(left.length), 1).join());
  });
}
