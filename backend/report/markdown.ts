import type { Cell, Document, Section } from './document.ts';

/** The report as Markdown with tables (GitHub's dialect); names and titles are shown as they are, never as markup. */
export function asMarkdown({ title, subtitle, sections, warnings }: Document): string {
  return [
    `# ${escaped(title)}`,
    escaped(subtitle),
    ...warnings.map((line) => `> ${escaped(line)}`),
    ...sections.map((section) => `## ${escaped(section.title)}\n\n${tableOf(section)}`),
  ].join('\n\n');
}

function tableOf({ columns, rows, empty }: Section): string {
  if (rows.length === 0) return escaped(empty);
  return [columns.map(escaped), columns.map(() => '---'), ...rows.map((row) => row.map(linked))]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

function linked({ text, url }: Cell): string {
  return url && /^https?:\/\/[^\s()<>]+$/.test(url) ? `[${escaped(text)}](${url})` : escaped(text);
}

function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
