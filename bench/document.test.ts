import { expect, it } from 'vitest';
import { withSection } from './document.ts';

const ONE = '## One\n\n1 second\n';
const TWO = '## Two\n\n2 seconds\n';

it('a document gets a section at its end, and a later one of that heading in its place', () => {
  const first = withSection('', ONE);
  expect(first).toBe('# Performance\n\n## One\n\n1 second\n');
  const both = withSection(first, TWO);
  expect(withSection(both, '## One\n\n3 seconds')).toBe(both.replace('1 second', '3 seconds'));
  expect(withSection(both, ONE)).toBe(both);
});

it('what stands before the first section stays', () => {
  expect(withSection('# Performance\n\nWords.\n\n## One\n\nold\n', ONE)).toBe(
    `# Performance\n\nWords.\n\n${ONE}`,
  );
});
