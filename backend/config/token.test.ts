import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { readToken } from './token.ts';

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-token-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'token');

it('makes a token that nobody can guess at the first start, and keeps it', () => {
  const first = readToken({ PAGEBUDGET_TOKEN_FILE: path }, []);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(readToken({ PAGEBUDGET_TOKEN_FILE: path }, [])).toBe(first);
  const elsewhere = { PAGEBUDGET_TOKEN_FILE: join(folder, 'another') };
  expect(readToken(elsewhere, [])).not.toBe(first);
  expect(statSync(path).mode & 0o777 & ~0o640, 'others cannot read it').toBe(0);
});

it('takes the token that is given before one of a file', () => {
  expect(readToken({ PAGEBUDGET_TOKEN: 'chosen', PAGEBUDGET_TOKEN_FILE: path }, [])).toBe('chosen');
});

it('lets the backend listen on other addresses than loopback', () => {
  expect(readConfig({ HOST: '0.0.0.0', PAGEBUDGET_TOKEN_FILE: path })).toMatchObject({ host: '0.0.0.0' });
});

it('says what is wrong with a file', () => {
  const empty = join(folder, 'empty');
  writeFileSync(empty, ' \n');
  const missing = join(folder, 'nowhere/token');
  expect(() => readConfig({ PAGEBUDGET_TOKEN_FILE: empty })).toThrow(/is empty: delete it/);
  expect(() => readConfig({ PAGEBUDGET_TOKEN_FILE: missing })).toThrow(/neither read nor made: ENOENT/);
});
