import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogue } from '../backend/query/catalogue.ts';
import { metricsDocument } from './metrics-document.ts';

const docs = join(import.meta.dirname, '../docs');

it('docs/metrics.md is what the catalogue says; npm run docs writes it anew', () => {
  expect(readFileSync(join(docs, 'metrics.md'), 'utf8')).toBe(metricsDocument(catalogue()));
});

it('every definition that a metric links to has its heading', () => {
  const headings = readFileSync(join(docs, 'definitions.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
  const sections = catalogue().metrics.map(({ link }) => link.split('#')[1]);
  expect(sections.filter((section) => !headings.includes(section ?? ''))).toEqual([]);
});
