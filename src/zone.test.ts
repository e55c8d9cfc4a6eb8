import { expect, test } from 'vitest';
import { ianaZone } from './zone.ts';

test('utc, a named zone and the viewer’s own zone become IANA names', () => {
  expect(ianaZone('utc')).toBe('UTC');
  expect(ianaZone('Australia/Lord_Howe')).toBe('Australia/Lord_Howe');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect([ianaZone('browser'), ianaZone(''), ianaZone(undefined)]).toEqual([own, own, own]);
});
