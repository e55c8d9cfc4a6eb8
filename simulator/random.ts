/** A stream of numbers that follows from its seed alone. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number, both bounds included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  /** One of a list; throws on an empty one. */
  pick<T>(list: readonly T[]): T;
  /** A key of a record, each as likely as its weight; the record must not change afterwards. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** A number with an exponential distribution. */
  exponential(mean: number): number;
  /** A count with a Poisson distribution. */
  poisson(mean: number): number;
  /** Capitals and digits, as opaque identifiers have them. */
  signs(length: number): string;
  /** An opaque identifier as PagerDuty makes them: a letter, then capitals and digits. */
  id(letter: string, length: number): string;
}

/** Signs that one number of the stream is good for. */
const SIGNS_AT_ONCE = 6;

/** Above it a Poisson count is drawn in parts, as exp(-mean) would come near 0. */
const MOST_POISSON = 64;

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
    signs: (length) => signsFrom(length, next),
    id: (letter, length) => letter + signsFrom(length - 1, next),
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

interface Wheel {
  keys: string[];
  /** The sum of the weights up to and with each key. */
  sums: number[];
}

const wheels = new WeakMap<object, Wheel>();

function wheelOf(weights: Readonly<Record<string, number>>): Wheel {
  const known = wheels.get(weights);
  if (known) return known;
  let sum = 0;
  const sums = Object.values(weights).map((weight) => {
    sum += weight;
    return sum;
  });
  const wheel = { keys: Object.keys(weights), sums };
  wheels.set(weights, wheel);
  return wheel;
}

function weightedFrom<K extends string>(weights: Readonly<Record<K, number>>, share: number): K {
  const { keys, sums } = wheelOf(weights);
  const wanted = share * (sums.at(-1) ?? 0);
  let [low, high] = [0, sums.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  if (low >= keys.length) throw new Error('No key has a weight.');
  return keys[low] as K;
}

function poissonFrom(mean: number, next: () => number): number {
  let total = 0;
  for (let left = mean; left > 0; left -= MOST_POISSON) {
    const limit = Math.exp(-Math.min(left, MOST_POISSON));
    for (let product = next(); product > limit; product *= next()) total += 1;
  }
  return total;
}

function signsFrom(length: number, next: () => number): string {
  let signs = '';
  while (signs.length < length) {
    const block = Math.floor(next() * 36 ** SIGNS_AT_ONCE).toString(36);
    signs += block.padStart(SIGNS_AT_ONCE, '0');
  }
  return signs.slice(0, length).toUpperCase();
}

/** The generator xoshiro128** by Blackman and Vigna, its four words filled by hashing the name. */
function generator(name: string): () => number {
  let [a, b, c, d] = [hash(`1:${name}`), hash(`2:${name}`), hash(`3:${name}`), hash(`4:${name}`)];
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 2 ** 32;
  };
}

/** FNV-1a over the text, its bits then mixed so that near names lie far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
