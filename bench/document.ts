import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's folder. */
export const ROOT = join(import.meta.dirname, '..');

const REPORT = join(ROOT, 'docs/performance.md');

/** Puts a section into docs/performance.md, in place of the one of the same heading or at its end. */
export function writeSection(section: string): void {
  writeFileSync(REPORT, withSection(existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '', section));
}

/** A document with a section in place of its last one of that heading, or at its end. */
export function withSection(document: string, section: string): string {
  const [heading] = section.split('\n', 1);
  const parts = document.split(/^(?=## )/m);
  const place = parts.findIndex((part) => part.split('\n', 1)[0] === heading);
  const ours = `${section.trimEnd()}\n`;
  const all = place < 0 ? [...parts, ours] : parts.with(place, ours);
  const text = all.map((part) => part.trim()).filter((part) => part !== '');
  return `${(document.trim() === '' ? ['# Performance', ...text] : text).join('\n\n')}\n`;
}
