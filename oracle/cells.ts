import type { Answer, Cell, Expected, ExpectedRow, GivenRow } from './answer.ts';

/** One way in which given rows differ from what the oracle expects. */
export interface Difference {
  row: string;
  column: string;
  expected: Expected | undefined;
  given: Cell | undefined;
}

const RELATIVE = 1e-9;
const NOTHING = 1e-12;

function sameNumber(expected: number, given: number): boolean {
  if (expected === given) return true;
  const size = Math.max(Math.abs(expected), Math.abs(given));
  return Math.abs(expected - given) <= Math.max(RELATIVE * size, NOTHING);
}

function sameList(expected: string[], given: Cell): boolean {
  const names = given === null || given === '' ? [] : String(given).split(', ');
  return expected.join(', ').split(', ').filter(Boolean).toSorted().join() === names.toSorted().join();
}

/** Tells whether a given cell is what was expected; numbers agree to 1e-9 of their size, counts exactly. */
export function agrees(expected: Expected, given: Cell | undefined): boolean {
  const value = given ?? null;
  if (expected === null) return value === null || value === '';
  if (typeof expected === 'number') return typeof value === 'number' && sameNumber(expected, value);
  if (typeof expected === 'boolean') return value === expected;
  if (typeof expected === 'string') return value !== null && String(value) === expected;
  if ('joined' in expected) return sameList(expected.joined, value);
  return expected.oneOf.some((one) => agrees(one, value));
}

function keyed(row: Record<string, unknown>, key: string[]): string {
  return key.map((column) => `${column}=${String(row[column] ?? '')}`).join(' ');
}

function rowDifferences(expected: ExpectedRow, given: GivenRow, name: string): Difference[] {
  return Object.entries(expected.cells)
    .filter(([column, cell]) => column in given && !agrees(cell, given[column]))
    .map(([column, cell]) => ({ row: name, column, expected: cell, given: given[column] }));
}

/** Every difference between an answer and the given rows, and how many cells were compared; rows of one key are as many on both sides. */
export function differencesOf(
  answer: Answer,
  given: GivenRow[],
): { differences: Difference[]; cells: number } {
  const open = Map.groupBy(answer.rows, (row) => keyed(row.cells, answer.key));
  const differences: Difference[] = [];
  let cells = 0;
  for (const row of given) {
    const name = keyed(row, answer.key);
    const expected = open.get(name)?.shift();
    if (!expected) {
      differences.push({ row: name, column: '(row)', expected: undefined, given: JSON.stringify(row) });
      continue;
    }
    cells += Object.keys(expected.cells).filter(
      (column) => column in row && !answer.key.includes(column),
    ).length;
    differences.push(...rowDifferences(expected, row, name));
  }
  for (const [name, rows] of open) {
    const missing = rows.filter(({ required }) => required);
    for (const { cells } of missing)
      differences.push({ row: name, column: '(row)', expected: JSON.stringify(cells), given: undefined });
  }
  return { differences, cells };
}
