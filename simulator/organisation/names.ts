import { type Random, shuffled } from '../random.ts';

/** First names. */
const FIRST_NAMES = [
  'Ada', 'Amir', 'Anjali', 'Aoife', 'Bram', 'Chiara', 'Dawa', 'Diego', 'Elif', 'Emeka',
  'Farah', 'Grace', 'Hana', 'Ignacio', 'Ines', 'Jun', 'Kaia', 'Kofi', 'Lars', 'Leilani',
  'Lin', 'Luca', 'Maren', 'Mateus', 'Mei', 'Nadia', 'Noor', 'Oskar', 'Priya', 'Quinn',
  'Rafael', 'Rosa', 'Sanjay', 'Sina', 'Tane', 'Tomás', 'Uma', 'Vera', 'Wanjiru', 'Yusuf',
  'Zoë', 'Åsa',
] as const; // biome-ignore format: a list of names reads better in rows

/** Family names. */
const LAST_NAMES = [
  'Abara', 'Almeida', 'Bianchi', 'Brandt', 'Chen', 'Costa', 'Dahl', 'Duarte', 'Eriksen', 'Fischer',
  'Gurung', 'Haddad', 'Ito', 'Jansen', 'Kapoor', 'Keane', 'Lindqvist', 'Mbeki', 'Moreau', 'Nakamura',
  "O'Brien", 'Okafor', 'Park', 'Petrov', 'Rao', 'Sato', 'Sharma', 'Silva', 'Tamang', 'Yılmaz',
] as const; // biome-ignore format: a list of names reads better in rows

/** So many different names of people in an order of chance. */
export function namesOf(count: number, random: Random): string[] {
  const first = shuffled(FIRST_NAMES, random);
  const last = shuffled(LAST_NAMES, random);
  const round = leastCommonMultiple(first.length, last.length);
  return Array.from({ length: count }, (_, index) => {
    const shift = Math.floor(index / round);
    return `${first[index % first.length]} ${last[(index + shift) % last.length]}`;
  });
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
}
