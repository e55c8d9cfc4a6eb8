import { z } from 'zod';
import { nearest } from '../nearest.ts';
import { parseDuration } from './duration.ts';

/** What is wrong with a file and what would be right, in words. */
export interface Fault {
  file: string;
  message: string;
}

/** One YAML document of a file, counted from 1. */
export interface Document {
  file: string;
  number: number;
  content: unknown;
}

const MOST_SHOWN = 60;

/** An object of these fields and no others; an unknown field is refused with the nearest known one. */
export function fields<S extends z.core.$ZodLooseShape>(shape: S) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownField(key, known)).join(', and ')
        : `must be an object with ${known.join(', ')}`,
  });
}

/** A text that is not empty; `right` says what it must be. */
export function text(right: string) {
  return z.string({ error: right }).min(1, { error: right });
}

/** One of a few words. */
export function oneOf<const W extends readonly string[]>(words: W) {
  return z.enum(words, { error: `must be one of ${words.join(', ')}` });
}

/** A length of time such as 28d or 12h, read into milliseconds. */
export function duration(example: string) {
  const right = `must be a length of time such as ${example}, in w, d, h or m`;
  return z.string({ error: right }).transform((input, context) => {
    const length = parseDuration(input);
    if (length !== null) return length;
    context.addIssue({ code: 'custom', message: right });
    return z.NEVER;
  });
}

/** One text or a list of at least one, read into a list. */
export function list<T extends z.ZodType<string>>(item: T, right: string) {
  return z.preprocess(
    (input) => (typeof input === 'string' ? [input] : input),
    z.array(item, { error: right }).min(1, { error: right }),
  );
}

/** Every fault that a schema found in a document: place, what is there and what would be right. */
export function faultsOf({ file, number, content }: Document, error: z.ZodError): Fault[] {
  return error.issues.map((issue) => {
    const place = issue.path.join('.') || 'the document';
    return { file, message: `document ${number}: ${place} ${complaint(issue, content)}` };
  });
}

/** A fault of a document as a whole. */
export function faultOf({ file, number }: Document, message: string): Fault {
  return { file, message: `document ${number}: ${message}` };
}

function complaint(issue: z.core.$ZodIssue, content: unknown): string {
  if (!issue.message.startsWith('must ')) return issue.message;
  const value = issue.path.reduce<unknown>(inside, content);
  if (value === undefined) return `is missing: it ${issue.message}`;
  const shown = JSON.stringify(value);
  return `is ${shown.length > MOST_SHOWN ? 'something else' : shown}: it ${issue.message}`;
}

function inside(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function unknownField(key: string, known: readonly string[]): string {
  return `has the unknown field ${key}: did you mean ${nearest(key, known).join(', ')}?`;
}
