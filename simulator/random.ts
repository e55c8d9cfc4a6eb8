/** A stream of numbers that follows from its seed alone. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number, both bounds included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  /** One of a list; throws on an empty one. */
  pick<T>(list: readonly T[]): T;
  /** A key of a record, each as likely as its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** A number with an exponential distribution. */
  exponential(mean: number): number;
  /** A count with a Poisson distribution. */
  poisson(mean: number): number;
  /** An opaque identifier as PagerDuty makes them: a letter, then capitals and digits. */
  id(letter: string, length: number): string;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Makes a stream for what the parts name; equal parts give equal streams, on every machine. */
export function randomFor(...parts: readonly (string | number)[]): Random {
  const next = generator(parts.join('/'));
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (list) => pickFrom(list, next()),
    weighted: (weights) => weightedFrom(weights, next()),
    exponential: (mean) => -Math.log(1 - next()) * mean,
    poisson: (mean) => poissonFrom(mean, next),
    id: (letter, length) =>
      letter + Array.from({ length: length - 1 }, () => ALPHABET[whole(0, 35)]).join(''),
  };
}

/** The list in an order of chance. */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function pickFrom<T>(list: readonly T[], share: number): T {
  const index = Math.floor(share * list.length);
  if (index >= list.length) throw new Error('Nothing to pick from.');
  return list[index] as T;
}

function weightedFrom<K extends string>(weights: Readonly<Record<K, number>>, share: number): K {
  const entries = Object.entries(weights) as [K, number][];
  let left = share * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  throw new Error('No key has a weight.');
}

function poissonFrom(mean: number, next: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}

/** The generator xoshiro128** by Blackman and Vigna, its four words filled by hashing the name. */
function generator(name: string): () => number {
  const words = Uint32Array.from([1, 2, 3, 4], (lane) => hash(`${lane}:${name}`));
  const [a, b, c, d] = [0, 1, 2, 3] as const;
  const word = (index: number) => words[index] as number;
  const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));
  return () => {
    const result = Math.imul(rotate(Math.imul(word(b), 5), 7), 9) >>> 0;
    const shifted = word(b) << 9;
    words[c] = word(c) ^ word(a);
    words[d] = word(d) ^ word(b);
    words[b] = word(b) ^ word(c);
    words[a] = word(a) ^ word(d);
    words[c] = word(c) ^ shifted;
    words[d] = rotate(word(d), 11);
    return result / 2 ** 32;
  };
}

/** FNV-1a over the text, its bits then mixed so that near names lie far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
