import type { FileSettings } from '../../config.ts';
import type { Viewer } from '../../contract.ts';
import { emailHash, KEY_NOTE, keyedHash } from '../../model/keyed-hash.ts';
import { sql } from '../../sql/statement.ts';
import type { Reader } from '../../store/store.ts';
import type { Known } from '../dimensions.ts';

/** What others may see of people: their names, lasting pseudonyms, or nothing. */
export type Policy = FileSettings['people'];

/** What one viewer may see of people. */
export interface View {
  policy: Policy;
  /** The viewer's own person, who is always shown; null where the viewer is none. */
  self: string | null;
  /** A person as the viewer sees them; null where the viewer may not see them at all. */
  show(id: string, name: string): Known | null;
}

/** The view of the viewer of a request: the e-mail alone decides whose own person is shown, never login or role. */
export async function viewOf(
  reader: Reader,
  policy: Policy,
  viewer: Viewer | undefined,
  signal?: AbortSignal,
): Promise<View> {
  if (policy === 'names') return { policy, self: null, show: (id, name) => ({ id, name }) };
  const [note] = await reader.read<{ value: string }>(
    sql`SELECT "value" FROM "note" WHERE "name" = ${KEY_NOTE}`,
    signal,
  );
  const key = note?.value ?? '';
  const self = viewer?.email ? await personOf(reader, emailHash(key, viewer.email), signal) : null;
  return {
    policy,
    self,
    show(id, name) {
      if (id === self) return { id, name };
      if (policy === 'aggregates') return null;
      const pseudonym = pseudonymOf(key, id);
      return { id: pseudonym, name: pseudonym };
    },
  };
}

/** What stands for a person under `pseudonyms`. */
export function pseudonymOf(key: string, id: string): string {
  return `person-${keyedHash(key, `person ${id}`).slice(0, 10)}`;
}

async function personOf(reader: Reader, hash: string, signal?: AbortSignal): Promise<string | null> {
  const found = await reader.read<{ id: string }>(
    sql`SELECT "id" FROM "user" WHERE "email_hash" = ${hash}`,
    signal,
  );
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}
