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

/** What a reference tells of a thing of the directory; nothing for none. */
export function mention(table: MentionedTable, item: Reference | null | undefined): Mention[] {
  if (!item) return [];
  return [{ table, id: item.id, name: item.name ?? item.summary ?? null, url: item.html_url ?? null }];
}

/** True for a reference to a person. */
export function isUser(item: Reference | null | undefined): boolean {
  return item?.type === 'user_reference' || item?.type === 'user';
}
