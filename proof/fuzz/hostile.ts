import type { Chance } from '../../oracle/random.ts';

/** Stands in every text that the fuzzer makes up: SQL that holds it was not written by us alone. */
export const MARK = 'zqfuzz';

const TEXTS = [
  '',
  MARK,
  `${MARK}' OR 1=1; DROP TABLE "page"; --`,
  `${MARK}"; DELETE FROM "incident"; --`,
  `${MARK}$1 \\ \0 \ud800 \u202e 😀 %s {{}} \${x}`,
  `(${MARK}|.*)+`,
  '(',
  '[^',
  '__proto__',
  'constructor',
  'toString',
  `${MARK}${'x'.repeat(500)}`,
  '2026-03-10T00:00:00.000Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-31T00:00:00Z',
];

const NUMBERS = [0, -0, 1, -1, 0.5, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 31, -(2 ** 63), 1000, 10_000];

/** A text that nobody expects. */
export const hostileText = (chance: Chance): string => chance.pick(TEXTS);

/** A value that no field expects, and is sometimes right by luck; `depth` bounds how deep it goes. */
export function hostile(chance: Chance, depth = 2): unknown {
  const kinds = [
    () => chance.pick(TEXTS),
    () => chance.pick(NUMBERS),
    () => chance.pick([null, true, false]),
    () => (depth === 0 ? [] : Array.from({ length: chance.below(4) }, () => hostile(chance, depth - 1))),
    () =>
      depth === 0
        ? {}
        : Object.fromEntries(
            Array.from({ length: chance.below(4) }, () => [chance.pick(TEXTS), hostile(chance, depth - 1)]),
          ),
  ];
  return chance.pick(kinds)();
}

/** A text as bytes with a few of them changed, left out, doubled or cut off. */
export function mangled(text: string, chance: Chance): Uint8Array {
  const bytes = [...new TextEncoder().encode(text)];
  for (let n = 1 + chance.below(6); n > 0 && bytes.length > 0; n--) {
    const at = chance.below(bytes.length);
    chance.pick([
      () => bytes.splice(at, 1, chance.below(256)),
      () => bytes.splice(at, 1 + chance.below(8)),
      () => bytes.splice(at, 0, ...bytes.slice(at, at + 8)),
      () => bytes.splice(at),
      () => bytes.splice(at, 0, chance.pick([0x22, 0x7b, 0x5b, 0x2c, 0x00, 0xff])),
    ])();
  }
  return Uint8Array.from(bytes);
}

/** Bytes of no meaning at all. */
export function noise(chance: Chance): Uint8Array {
  return Uint8Array.from({ length: chance.below(400) }, () => chance.below(256));
}
