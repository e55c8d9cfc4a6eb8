import { expect, test } from 'vitest';
import { reasonOf } from './errors.ts';

test('the backend’s own message goes before Grafana’s, and that before the network’s', () => {
  const error = { code: 'upstream', message: 'Start the backend.' };
  expect(reasonOf({ statusText: 'Bad Gateway', data: { error, message: 'plugin error' } })).toBe(
    'Start the backend.',
  );
  expect(reasonOf({ statusText: 'Bad Gateway', data: { message: 'plugin unavailable' } })).toBe(
    'plugin unavailable',
  );
  expect(reasonOf(new TypeError('Failed to fetch'))).toBe('Failed to fetch');
  expect(reasonOf({ statusText: 'Bad Gateway' })).toBe('Bad Gateway');
  expect(reasonOf(undefined)).toBe('No reason was given.');
});
