import { expect, it } from 'vitest';
import type { Document } from './document.ts';
import { asHtml } from './html.ts';
import { asMarkdown } from './markdown.ts';
import { change } from './show.ts';
import { asText } from './text.ts';

const document: Document = {
  title: 'On-call report',
  subtitle: 'acme',
  sections: [
    {
      title: 'Open',
      columns: ['Incident', 'Title'],
      rows: [
        [
          { text: '#1', url: 'https://acme.pagerduty.com/incidents/Q1' },
          { text: '<script>alert(1)</script> | *bold* [x](javascript:1)\nnext' },
        ],
        [{ text: '#2', url: 'javascript:alert(1)' }, { text: 'plain' }],
      ],
      empty: 'No incident is open.',
    },
    { title: 'Paged', columns: ['Service'], rows: [], empty: 'Nobody was paged.' },
  ],
  warnings: ['The backfill is running.'],
};

it('writes titles from outside as text in Markdown, and links only to web addresses', () => {
  const text = asMarkdown(document);
  expect(text).toContain('[\\#1](https://acme.pagerduty.com/incidents/Q1)');
  expect(text).toContain('\\<script\\>alert(1)\\</script\\> \\| \\*bold\\* \\[x\\](javascript:1) next');
  expect(text).toContain('| \\#2 | plain |');
  expect(text).toContain('> The backfill is running.');
  expect(text).toContain('Nobody was paged.');
});

it('writes titles from outside as text in HTML, and links only to web addresses', () => {
  const page = asHtml(document);
  expect(page).not.toMatch(/<script|href="javascript/);
  expect(page).toContain('<a href="https://acme.pagerduty.com/incidents/Q1">#1</a>');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

it('aligns columns in plain text', () => {
  expect(asText({ ...document, warnings: [] })).toMatch(/Incident {2}Title\n {2}#1 {8}<script>/);
});

it('tells how a figure moved, and never from the unknown', () => {
  expect(change(12, 10, 'amount')).toBe('+20 %');
  expect(change(0.25, 0.5, 'share')).toBe('−25 points');
  expect(change(3, 0, 'amount')).toBe('was none');
  expect(change(3, 3, 'amount')).toBe('same');
  expect(change(3, null, 'amount')).toBe('unknown');
});
