import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { type Model, modelSchema } from './schema.ts';

/** The sizes of accounts, each a file of accounts/. */
export const SIZES = ['empty', 'small', 'medium', 'large'] as const;

/** The name of a size. */
export type Size = (typeof SIZES)[number];

/** The file in which all settings are. */
const BASE: Size = 'small';

/** Reads the shape of the account of a size. */
export function modelOfSize(size: Size): Model {
  return readModel(fileOf(size));
}

/** Reads a file that describes an account. Throws an Error that says what is wrong in it and where. */
export function readModel(file: string): Model {
  const read = modelSchema.safeParse(contentOf(file));
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    ({ path, message }) => `  ${path.length > 0 ? path.join('.') : 'the file'}: ${message}`,
  );
  throw new Error(
    [
      `${file} describes no account:`,
      ...problems,
      'simulator/accounts/small.yaml explains every setting.',
    ].join('\n'),
  );
}

/** A file's settings, laid over those of the file that it is based on. */
function contentOf(file: string): Record<string, unknown> {
  const { based_on: base = BASE, ...own } = parsed(file);
  if (file === fileOf(BASE)) return own;
  if (!SIZES.some((size) => size === base) || fileOf(base as Size) === file) {
    throw new Error(`${file}: based_on must name one of ${SIZES.join(', ')}, not ${JSON.stringify(base)}.`);
  }
  return laidOver(contentOf(fileOf(base as Size)), own);
}

function parsed(file: string): Record<string, unknown> {
  try {
    const content: unknown = parse(readFileSync(file, 'utf8')) ?? {};
    if (isRecord(content)) return content;
  } catch (error) {
    if (error instanceof YAMLParseError) throw new Error(`${file} is not YAML: ${error.message}`);
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
  throw new Error(`${file} must hold settings, each as "name: value".`);
}

/** Settings of a section replace those of the same name; the names of priorities and services are no settings. */
function laidOver(base: Record<string, unknown>, own: Record<string, unknown>): Record<string, unknown> {
  const merged = Object.entries(own).map(([name, value]) => {
    const below = base[name];
    const isSection = isRecord(value) && isRecord(below) && name !== 'priorities';
    return [name, isSection ? laidOver(below, value) : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fileOf(size: Size): string {
  return new URL(`../accounts/${size}.yaml`, import.meta.url).pathname;
}
