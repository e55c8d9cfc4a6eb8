import type { Cell, Document, Section } from './document.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d1d9e0;overflow-wrap:anywhere}
.mind{border-left:4px solid #d4a72c;padding:.2rem .8rem;background:#fff8c5}.none{color:#59636e}
@media(prefers-color-scheme:dark){body{color:#d1d7e0;background:#151b23}th,td{border-color:#3d444d}.mind{background:#272115}a{color:#6cb6ff}}`;

/** The report as one page of HTML without scripts; names and titles are text, never markup. */
export function asHtml({ title, subtitle, sections, warnings }: Document): string {
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escaped(title)}</h1><p>${escaped(subtitle)}</p>`,
    ...warnings.map((line) => `<p class="mind">${escaped(line)}</p>`),
    ...sections.map((section) => `<h2>${escaped(section.title)}</h2>${tableOf(section)}`),
    '</body></html>',
  ].join('\n');
}

function tableOf({ columns, rows, empty }: Section): string {
  if (rows.length === 0) return `<p class="none">${escaped(empty)}</p>`;
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${linked(cell)}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`;
}

function linked({ text, url }: Cell): string {
  return url && /^https?:\/\//.test(url) ? `<a href="${escaped(url)}">${escaped(text)}</a>` : escaped(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
