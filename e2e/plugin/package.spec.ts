import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { entriesOf } from '../../scripts/archive.ts';
import { test } from './fixtures.ts';

const DIST = join(import.meta.dirname, '../../dist');
const MOST_BYTES = 60_000;

interface Manifest {
  id: string;
  info: {
    version: string;
    logos: Record<string, string>;
    screenshots: { path: string }[];
  };
  includes: { path: string }[];
}

test('the archive holds what the manifest names, a relay, words for people, and nothing else', ({
  stack,
}) => {
  expect(stack.url, 'the plugin is built').toBeTruthy();
  const { id, info, includes }: Manifest = JSON.parse(readFileSync(join(DIST, 'plugin.json'), 'utf8'));
  expect(info.version).toMatch(/^\d+\.\d+\.\d+$/);
  const entries = entriesOf(DIST, id);
  const relays = entries.filter(({ path }) => /^gpx_pagebudget_\w+(\.exe)?$/.test(path));
  expect(relays.length).toBeGreaterThan(0);
  for (const { mode, path } of relays) expect(mode & 0o111, path).toBe(0o111);
  const named = [
    ...Object.values(info.logos),
    ...info.screenshots.map(({ path }) => path),
    ...includes.map(({ path }) => path),
  ];
  const whole = ['module.js', 'module.js.map', 'plugin.json', 'README.md', 'CHANGELOG.md', 'LICENSE'];
  const others = entries.filter((entry) => !relays.includes(entry)).map(({ name }) => name);
  expect(others.sort()).toEqual([...new Set([...whole, ...named])].map((path) => `${id}/${path}`).sort());
});

test('module.js is small', ({ stack }) => {
  expect(stack.url, 'the plugin is built').toBeTruthy();
  const bytes = gzipSync(readFileSync(join(DIST, 'module.js'))).length;
  expect(bytes).toBeLessThan(MOST_BYTES);
});
