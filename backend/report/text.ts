import type { Cell, Document, Section } from './document.ts';

/** The report as plain text with aligned columns, for terminals and chats. */
export function asText({ title, subtitle, sections, warnings }: Document): string {
  return [
    `${title}\n${subtitle}`,
    ...sections.map((section) => `${section.title}\n${tableOf(section)}`),
    ...(warnings.length > 0 ? [`To mind\n${warnings.map((line) => `  ${line}`).join('\n')}`] : []),
  ].join('\n\n');
}

/** A section's rows as aligned columns; where there are none, what that means. */
export function tableOf({ columns, rows, empty }: Section): string {
  if (rows.length === 0) return `  ${empty}`;
  const lines: Pick<Cell, 'text'>[][] = [columns.map((text) => ({ text })), ...rows];
  const widths = columns.map((_, n) => Math.max(...lines.map((line) => line[n]?.text.length ?? 0)));
  return lines
    .map((line) => `  ${line.map(({ text }, n) => text.padEnd(widths[n] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
