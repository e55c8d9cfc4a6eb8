import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copiedFromTree, readStages, type Stage } from './dockerfile.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const stages = readStages(read('Dockerfile'));
const stage = (name: string): Stage => {
  const found = stages.find((each) => each.name === name);
  if (!found) throw new Error(`The Dockerfile has no stage "${name}".`);
  return found;
};

describe('the Dockerfile', () => {
  const ignored = read('.dockerignore').split('\n');
  const isIgnored = (file: string) =>
    ignored.some(
      (line) => line.startsWith('**/') && matchesGlob(file, line.includes('.') ? line : `${line}/**`),
    );

  it('copies only what the tree has and .dockerignore lets in', () => {
    for (const each of stages) {
      for (const { source } of copiedFromTree(each, stages)) {
        expect(existsSync(join(ROOT, source)), source).toBe(true);
        const parts = source.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
        expect(
          parts.some((part) => ignored.includes(`!${part}`)),
          `${source} in .dockerignore`,
        ).toBe(true);
      }
    }
  });

  it('gives the backend every file that it imports, and only packages that are no development packages', () => {
    const copied = copiedFromTree(stage('backend'), stages).map(({ source }) => source);
    const seen = importedFrom(['backend/cli.ts', 'simulator/main.ts']);
    const has = (file: string) => copied.some((source) => file === source || file.startsWith(`${source}/`));
    expect(seen.files.filter((file) => !has(file) || isIgnored(file))).toEqual([]);
    expect(seen.files.length).toBeGreaterThan(50);
    const { dependencies } = JSON.parse(read('package.json'));
    expect(seen.packages.filter((name) => !(name in dependencies))).toEqual([]);
  });

  it('gives the plugin every file that it imports and what its webpack configuration names', () => {
    const copied = copiedFromTree(stage('browser'), stages).map(({ source }) => source);
    const has = (file: string) => copied.some((source) => file === source || file.startsWith(`${source}/`));
    const imported = importedFrom(['src/module.ts']).files;
    expect(imported.filter((file) => !has(file) || isIgnored(file))).toEqual([]);
    expect(imported.length).toBeGreaterThan(20);
    const needed = [...read('webpack.config.cjs').matchAll(/from: '([^']+)'/g)].map(([, path = '']) => path);
    expect(needed.filter((path) => !copied.some((source) => path.split('/')[0] === source))).toEqual([]);
    expect(needed.length).toBeGreaterThan(3);
  });

  it('runs the Node and Go that the project asks for', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    expect(stage('packages').from).toMatch(new RegExp(`^node:${devDependencies.node.split('.')[0]}-`));
    const go = /^go (\d+\.\d+)/m.exec(read('go.mod'))?.[1];
    expect(stage('relay').from).toMatch(new RegExp(`^golang:${go}-`));
  });

  it('runs only what CI runs too, beside making folders', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const steps = stages.flatMap(({ instructions }) =>
      instructions.filter(({ keyword }) => keyword === 'RUN').flatMap(({ rest }) => rest.split(' && ')),
    );
    expect(steps.length).toBeGreaterThan(5);
    for (const step of steps) {
      expect(step).toMatch(
        /^(npm (install|run)\b|go mod download$|sh scripts\/build-relay\.sh$|mkdir |chown )/,
      );
      const [, script] = /^npm run ([\w:]+)/.exec(step) ?? [];
      if (script) expect(scripts, step).toHaveProperty([script]);
    }
  });
});

/** Every file that these files import, themselves included, and every package. */
function importedFrom(entries: string[]): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    if (!/\.tsx?$/.test(file)) return;
    for (const [, target = ''] of read(file).matchAll(/^(?:import|export|\}) .*from '([^']+)';$/gm)) {
      if (target.startsWith('.')) visit(normalize(join(dirname(file), target)));
      else if (!target.startsWith('node:')) packages.add(target);
    }
  };
  for (const entry of entries) visit(entry);
  return { files: [...files], packages: [...packages] };
}
