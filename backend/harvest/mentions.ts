import type { RowOf } from '../model/index.ts';
import type { Mention, MentionedTable } from '../pagerduty/endpoints/reading.ts';
import { name, sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';

const BARE = { listed: false, deleted_at: null } as const;

/** The row of a thing of which only a reference is known, so probably a deleted one. */
const ROW_OF = {
  user: (id, name, url) => ({ id, name, url, email_hash: null, ...BARE }),
  service: (id, name, url) => ({ id, name, url, escalation_policy_id: null, runbook: null, ...BARE }),
  team: (id, name, url) => ({ id, name, url, ...BARE }),
  escalation_policy: (id, name, url) => ({ id, name, url, ...BARE }),
  schedule: (id, name, url) => ({ id, name, url, time_zone: null, ...BARE }),
  priority: (id, name) => ({ id, name, rank: null, ...BARE }),
} as const satisfies { [T in MentionedTable]: (id: string, name: string, url: string | null) => RowOf<T> };

interface Stored extends Row {
  id: string;
  name: string | null;
  url: string | null;
  listed: boolean;
  deleted_at: number | null;
}

/**
 * Keeps things that no list has, by the name that references give them. What a list has or had is left alone;
 * of several names the first in the alphabet stays, so that the order of the answers does not matter.
 */
export async function writeMentions(writer: Writer, mentions: Iterable<Mention>): Promise<void> {
  const byTable = Map.groupBy(mentions, (mention) => mention.table);
  for (const [table, group] of byTable) await writeGroup(writer, table, firstOfEach(group));
}

async function writeGroup<T extends MentionedTable>(
  writer: Writer,
  table: T,
  mentions: ReadonlyMap<string, Mention>,
): Promise<void> {
  const keys = await writer.keys(mentions.keys());
  const stored = await writer.read<Stored>(
    sql`SELECT "t".* FROM ${name(table)} AS "t" JOIN ${keys} AS "k" ON "t"."id" = "k"."id"`,
  );
  const known = new Map(stored.map((row) => [row.id, row]));
  const rows = [...mentions.values()]
    .filter((mention) => isNews(mention, known.get(mention.id)))
    .map(({ id, name, url }) => ROW_OF[table](id, name ?? id, url) as RowOf<T>);
  await writer.put(table, rows);
}

function isNews(mention: Mention, stored: Stored | undefined): boolean {
  if (!stored) return true;
  return !stored.listed && stored.deleted_at === null && rank(mention) < rank(stored);
}

function firstOfEach(mentions: readonly Mention[]): Map<string, Mention> {
  const first = new Map<string, Mention>();
  for (const mention of mentions) {
    const other = first.get(mention.id);
    if (!other || rank(mention) < rank(other)) first.set(mention.id, mention);
  }
  return first;
}

/** Sorts what references tell of one thing; an id in place of a name and a missing link come last. */
function rank(thing: { id: string; name: string | null; url?: string | null }): string {
  const named = thing.name !== null && thing.name !== thing.id;
  return JSON.stringify([!named, thing.name ?? thing.id, !thing.url, thing.url ?? '']);
}
