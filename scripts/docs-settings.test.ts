import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSettings } from '../backend/config/settings.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sourcesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|go)$/.test(file) && !/test\.|\.fixture\./.test(file))
    .map((file) => read(join(folder, file)));

/** What the defaults do not name, as these settings have none. */
const WITHOUT_DEFAULT = ['timeZone', 'hours'];

it('docs/connect.md tells every environment variable that the configuration reads', () => {
  const config = [read('backend/config.ts'), ...sourcesIn('backend/config')].join('\n');
  const names = new Set(config.match(/\b(PAGEBUDGET|PAGERDUTY)_[A-Z_]+[A-Z]\b|\bLOG_LEVEL\b/g));
  expect(names.size).toBeGreaterThan(10);
  const document = read('docs/connect.md').replace(
    '`PAGERDUTY_CLIENT_SECRET` (or `_FILE`)',
    '$& PAGERDUTY_CLIENT_SECRET_FILE PAGERDUTY_CLIENT_SECRET',
  );
  expect([...names].filter((name) => !document.includes(name))).toEqual([]);
});

it('docs/connect.md shows every setting of the settings file, and no other', () => {
  const [, shown = ''] = /```yaml\n(.*?)```/s.exec(read('docs/connect.md')) ?? [];
  const told = [...shown.matchAll(/^(\w+):/gm)].map(([, name]) => name);
  const known = [...Object.keys(readSettings(undefined, [])), ...WITHOUT_DEFAULT];
  expect(told.sort()).toEqual([...new Set(known)].sort());
});

it('docs/troubleshooting.md quotes messages that the product has', () => {
  const product = ['backend', 'pkg', 'src'].flatMap(sourcesIn).join('\n');
  const quoted = [...read('docs/troubleshooting.md').matchAll(/^\| `([^`]+)`/gm)].map(
    ([, words]) => words ?? '',
  );
  expect(quoted.length).toBeGreaterThan(15);
  expect(quoted.filter((words) => !product.includes(words))).toEqual([]);
});

it('links and pictures in docs/ and the README lead to files', () => {
  const missing = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const folder = file.includes('/') ? 'docs' : '.';
      return [...read(file).matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)]
        .map(([, path]) => join(folder, path ?? ''))
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${file}: ${path}`);
    });
  expect(missing).toEqual([]);
});

it('the pictures that the plugin ships are those of the docs, and not too large', () => {
  const { info } = JSON.parse(read('plugin.json')) as { info: { screenshots: { path: string }[] } };
  expect(info.screenshots).toHaveLength(2);
  for (const { path } of info.screenshots) {
    const [shipped, shown] = [`src/${path}`, path.replace(/^img/, 'docs/images')].map((file) =>
      readFileSync(join(root, file)),
    );
    expect(shipped?.equals(shown ?? Buffer.of()), path).toBe(true);
    expect(shipped?.length, path).toBeLessThan(500_000);
  }
});
