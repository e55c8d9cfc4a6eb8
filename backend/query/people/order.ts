import { compareText } from '../../model/facts/entries.ts';
import type { View } from './view.ts';

/** A row about a person, by name where that is known. */
interface AboutPerson {
  user_id: string | null;
  user?: string;
}

/** Compares rows by their people as the viewer sees them: an order by real names or ids would tell more than is shown. */
export function bySeen(view: View): (a: AboutPerson, b: AboutPerson) => number {
  const keys = new Map<string | null, string>();
  const keyOf = ({ user_id, user }: AboutPerson): string => {
    const known = keys.get(user_id);
    if (known !== undefined) return known;
    const shown = user_id === null ? null : view.show(user_id, user ?? user_id);
    const key = shown ? `${shown.name} ${shown.id}` : '';
    keys.set(user_id, key);
    return key;
  };
  return (a, b) => compareText(keyOf(a), keyOf(b));
}
