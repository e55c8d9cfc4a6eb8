import type { Choice, ValuesResponse } from '../backend/contract.ts';

/** Values to choose from: the name stands for itself, a name that several things bear is told apart by its id. */
export function choicesOf({ values }: ValuesResponse): Choice[] {
  const seen = Map.groupBy(values, ({ name }) => name);
  return values.map(({ id, name }) =>
    seen.get(name)?.length === 1 ? { value: name, label: name } : { value: id, label: name, description: id },
  );
}

/** The choices as Grafana's variables and ad hoc filters take them; where some were cut, a last one says so and restricts nothing. */
export function offeredOf(answer: ValuesResponse): { text: string; value: string }[] {
  const cut = cutOf(answer);
  const offered = choicesOf(answer).map(({ label, value }) => ({ text: label, value }));
  return cut ? [...offered, { text: cut, value: '' }] : offered;
}

/** Says how many values are not among the choices, or nothing when all are. */
export function cutOf({ values, total }: ValuesResponse): string | undefined {
  return total > values.length ? `${values.length} of ${total} shown: type to find the others` : undefined;
}
