import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** From the top down; folders of one line never import each other, and imports go down only. */
const LAYERS = [
  ['main', 'cli'],
  ['run'],
  ['app'],
  ['http', 'configuration'],
  ['report', 'operations'],
  ['query', 'harvest'],
  ['store', 'pagerduty'],
  ['model', 'sql'],
  ['budgets'],
  ['calendar'],
  ['seats'],
  ['config', 'contract', 'errors', 'clock', 'log', 'nearest', 'version', 'child', 'turns'],
];

const MOST_LINES = 300;

interface Import {
  file: string;
  target: string;
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules'))
    .map((file) => join(folder, file));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => {
    const target = match[1] ?? '';
    return {
      file,
      target: target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target,
    };
  });
}

/** The part of the backend that a path belongs to: a folder, or a file of its own. */
function partOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '');
}

function layerOf(part: string): number {
  return LAYERS.findIndex((layer) => layer.includes(part));
}

const isTest = (file: string) => /\.test\.tsx?$|\/testing\//.test(file);
const all = (folder: string) =>
  sources(folder)
    .filter((file) => !isTest(file))
    .flatMap(importsOf);
const named = (imports: Import[]) => imports.map(({ file, target }) => `${file} imports ${target}`);

describe('the layers of the backend', () => {
  it('name every part', () => {
    const parts = new Set(
      sources('backend')
        .filter((file) => !isTest(file))
        .map(partOf),
    );
    expect([...parts].filter((part) => layerOf(part) < 0)).toEqual([]);
  });

  it('are imported downwards only, and side by side only within the lowest', () => {
    const wrong = all('backend').filter(({ file, target }) => {
      if (!target.startsWith('backend/')) return false;
      const [from, to] = [partOf(file), partOf(target)];
      return (
        from !== to &&
        (layerOf(to) < layerOf(from) || (layerOf(to) === layerOf(from) && layerOf(from) < LAYERS.length - 1))
      );
    });
    expect(named(wrong)).toEqual([]);
  });

  it('know nothing of Grafana, the simulator, the oracle or the browser', () => {
    const wrong = all('backend').filter(({ file, target }) => {
      if (/^(src|oracle|e2e|bench)\//.test(target) || target.startsWith('@grafana/')) return true;
      return target.startsWith('simulator/') && !file.startsWith('backend/cli');
    });
    expect(named(wrong)).toEqual([]);
  });

  it('import nothing from the contract, which imports nothing itself', () => {
    expect(importsOf('backend/contract.ts')).toEqual([]);
  });
});

it('the simulator and the oracle import nothing of the project', () => {
  const outside = (folder: string) =>
    all(folder).filter(
      ({ target }) =>
        /^(backend|src|simulator|oracle|proof|scripts|e2e)\//.test(target) &&
        !target.startsWith(`${folder}/`),
    );
  expect(named([...outside('simulator'), ...outside('oracle')])).toEqual([]);
});

it('the browser half imports only types, of the contract only', () => {
  const wrong = sources('src').flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return importsOf(file).filter(({ target }) => {
      if (!target.startsWith('backend/')) return false;
      return !/^backend\/contract(\.ts)?$/.test(target) || !/import type [^;]*contract/.test(text);
    });
  });
  expect(named(wrong)).toEqual([]);
});

it(`no source file is longer than ${MOST_LINES} lines`, () => {
  const files = ['backend', 'simulator', 'oracle', 'src', 'scripts', 'e2e', 'proof'].flatMap(sources);
  const long = files.filter(
    (file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > MOST_LINES + 1,
  );
  expect(long).toEqual([]);
});
