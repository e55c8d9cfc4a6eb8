import type { Document } from './document.ts';
import { asHtml } from './html.ts';
import { asMarkdown } from './markdown.ts';
import { asText } from './text.ts';

/** The formats of a report by name. */
export const FORMATS = {
  markdown: asMarkdown,
  html: asHtml,
  text: asText,
} as const satisfies Record<string, (document: Document) => string>;
