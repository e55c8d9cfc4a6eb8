import { expect, it } from 'vitest';
import { type Run, withSection } from './verify-report.ts';

const NAMES = ['oracle', 'kills'];

const run = (name: string, more: Partial<Run> = {}): Run => ({
  name,
  title: `What ${name} proves`,
  holds: true,
  lines: ['3 of 3'],
  command: `npm run verify -- ${name}`,
  seconds: 12.3,
  at: new Date('2026-11-21T10:00:00Z'),
  commit: 'commit abc1234, no changes in the tree',
  ...more,
});

it('a part that ran again replaces its own section and no other', () => {
  const both = withSection(withSection('', run('kills'), NAMES), run('oracle'), NAMES);
  const again = withSection(both, run('kills', { holds: false, lines: ['2 of 3', '  row 7'] }), NAMES);
  expect(again.split('\n')).toEqual(
    expect.arrayContaining(['## oracle: holds', '## kills: FAILS', '- 2 of 3', '  - `row 7`']),
  );
  expect(again.match(/^## /gm)).toHaveLength(2);
  expect(again.indexOf('## oracle')).toBeLessThan(again.indexOf('## kills'));
  expect(withSection(again, run('kills'), NAMES)).toBe(both);
});

it('a section names command, date, commit and time', () => {
  expect(withSection('', run('oracle'), NAMES)).toContain(
    '`npm run verify -- oracle` on 2026-11-21 10:00 UTC, commit abc1234, no changes in the tree, Node',
  );
});
