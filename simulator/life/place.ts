import type { Random } from '../random.ts';
import { HOUR, MINUTE } from '../time.ts';

/** Where an incident begins: the slot of time that it is drawn in, and its place among the incidents of that slot. */
export interface Place {
  /** Hours since 1970 for an hour; minutes since 1970 for a minute of a live account, which are always more. */
  slot: number;
  index: number;
}

/** Slots below are hours, from here on minutes. */
const FIRST_MINUTE = 10_000_000;

const SLOTS = 36 ** 5;
const INDEXES = 36 ** 2;

/** Multiplying by one and then the other gives a slot back, modulo all slots. */
const SCATTER = 25_214_903;
const GATHER = inverse(SCATTER, SLOTS);

/** Signs at the end of an id that tell the place. */
const TOLD = 7;

/** Where a slot begins, epoch ms, and how long it is. */
export function spanOf(slot: number): { start: number; length: number } {
  const length = slot < FIRST_MINUTE ? HOUR : MINUTE;
  return { start: slot * length, length };
}

/** Makes opaque ids that lead back to a place: a letter, signs of chance, and the place scattered. */
export function idsAt({ slot, index }: Place, random: Random): (letter: string, length: number) => string {
  if (index >= INDEXES) throw new Error(`More than ${INDEXES} incidents begin in slot ${slot}.`);
  const scattered = multiply(slot, SCATTER);
  const told = digits(scattered, 5) + digits((index + scattered) % INDEXES, 2);
  return (letter, length) => letter + random.signs(length - 1 - TOLD) + told;
}

/** The place that an id leads to; null where it cannot be one of ours. */
export function placeOf(id: string): Place | null {
  if (!/^[A-Z][0-9A-Z]{8,}$/.test(id)) return null;
  const scattered = Number.parseInt(id.slice(-TOLD, -2), 36);
  const shifted = Number.parseInt(id.slice(-2), 36) - (scattered % INDEXES);
  return { slot: multiply(scattered, GATHER), index: (shifted + INDEXES) % INDEXES };
}

function digits(value: number, length: number): string {
  return value.toString(36).padStart(length, '0').toUpperCase();
}

/** Multiplies modulo all slots, exactly: neither factor has more than 26 bits. */
function multiply(a: number, b: number): number {
  return (a * b) % SLOTS;
}

/** The number that takes a multiplication by `value` back, by Euclid's algorithm. */
function inverse(value: number, modulus: number): number {
  let [a, b, x, y] = [value, modulus, 1, 0];
  while (b > 0) {
    const quotient = Math.floor(a / b);
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}
