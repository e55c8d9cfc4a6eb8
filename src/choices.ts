import type { Choice, ValuesResponse } from '../backend/contract.ts';

/** Values to choose from: the name stands for itself, a name that several things bear is told apart by its id. */
export function choicesOf({ values }: ValuesResponse): Choice[] {
  const seen = Map.groupBy(values, ({ name }) => name);
  return values.map(({ id, name }) =>
    seen.get(name)?.length === 1 ? { value: name, label: name } : { value: id, label: name, description: id },
  );
}

/** The choices whose label or value contains the text, whatever its case. */
export function matching(choices: Choice[], text: string): Choice[] {
  const wanted = text.toLowerCase();
  return choices.filter(({ value, label }) => `${label}\n${value}`.toLowerCase().includes(wanted));
}
