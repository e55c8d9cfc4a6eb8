import type { Document, Section } from './document.ts';
import { tableOf } from './text.ts';

const MOST_ROWS = 10;

/** The report as one message for a Slack-compatible incoming webhook: headings in bold, tables in code blocks, long tables cut with the full count. */
export function asChat({ title, subtitle, sections, warnings }: Document): { text: string } {
  const parts = [
    `*${escaped(title)}*\n${escaped(subtitle)}`,
    ...warnings.map((line) => `:warning: ${escaped(line)}`),
    ...sections.map((section) => `*${escaped(section.title)}*\n${blockOf(section)}`),
  ];
  return { text: parts.join('\n\n') };
}

function blockOf(section: Section): string {
  if (section.rows.length === 0) return `_${escaped(section.empty)}_`;
  const table = tableOf({ ...section, rows: section.rows.slice(0, MOST_ROWS) });
  const left = section.rows.length - MOST_ROWS;
  const rest = left > 0 ? `\n${left} more of ${section.rows.length} rows are in \`npm run report\`.` : '';
  return `\`\`\`\n${escaped(table).replaceAll('`', "'")}\n\`\`\`${rest}`;
}

/** The three characters that Slack's markup reads (Slack, formatting text for app surfaces). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
