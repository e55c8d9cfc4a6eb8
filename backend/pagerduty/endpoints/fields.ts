import { z } from 'zod';
import type { Mention, MentionedTable } from './reading.ts';

/** A reference, or the whole thing where it was included; names come as `name` or `summary`. */
export const reference = z.object({
  id: z.string(),
  type: z.string().nullish(),
  name: z.string().nullish(),
  summary: z.string().nullish(),
  html_url: z.string().nullish(),
});

/** What a reference looks like once read. */
export type Reference = z.infer<typeof reference>;

/** A list that may come as null. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

/** A timestamp with its offset, as epoch milliseconds. */
export const instant = z.string().transform((text, context) => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) context.addIssue('is not a timestamp');
  return at;
});

/** A thing's name; its id where it has none. */
export function nameOf(item: Reference): string {
  return item.name ?? item.summary ?? item.id;
}

/** A reference to a thing of the directory, or none. */
type Mentioned = readonly [table: MentionedTable, item: Reference | null | undefined];

/** What references tell of things of the directory; equal ones count once. */
export function mentionsOf(...references: readonly Mentioned[]): Map<string, Mention> {
  const mentions = new Map<string, Mention>();
  for (const [table, item] of references) {
    if (!item) continue;
    const { id, html_url: url = null } = item;
    const name = item.name ?? item.summary ?? null;
    mentions.set(`${table} ${id} ${name} ${url}`, { table, id, name, url });
  }
  return mentions;
}

/** True for a reference to a person. */
export function isUser(item: Reference | null | undefined): boolean {
  return item?.type === 'user_reference' || item?.type === 'user';
}
