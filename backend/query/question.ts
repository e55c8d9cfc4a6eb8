import { z } from 'zod';
import { type Zone, zoneOf } from '../calendar/zone.ts';
import { isZone } from '../config.ts';
import type { Filter } from '../contract.ts';
import { AppError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { exampleAt, inOurWords } from './wrong.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
/** Instants of which every engine can count forth and back by the longest range. */
const EARLIEST = Date.parse('1970-01-01T00:00:00Z');
const LATEST = Date.parse('2999-12-31T00:00:00Z');
const LONGEST_RANGE = 20 * 366 * 24 * 3600 * 1000;

const isoInstant = z
  .string()
  .refine(
    (text) => ISO.test(text) && !Number.isNaN(Date.parse(text)),
    'is not an instant such as "2026-11-16T00:00:00.000Z"',
  )
  .transform((text) => Date.parse(text))
  .refine(
    (at) => Number.isNaN(at) || (at >= EARLIEST && at <= LATEST),
    'is not between the years 1970 and 2999',
  );

const filter = z.strictObject({
  dimension: z.string(),
  op: z.enum(['=', '!=', '=~', '!~'], 'is not one of = != =~ !~'),
  values: z
    .array(z.string(), 'is not a list of texts')
    .max(1000, 'has more than 1000 values: use a regular expression'),
});

const repeated = (names: readonly unknown[]) => names.find((name, at) => names.indexOf(name) < at);

const namedTwice = (names: unknown) =>
  `names "${Array.isArray(names) ? repeated(names) : ''}" more than once: name each dimension once`;

const range = z.strictObject({ from: isoInstant, to: isoInstant });

const question = z.strictObject({
  refId: z.string().min(1).max(200),
  queryType: z.string(),
  range,
  intervalMs: z.number().nonnegative().default(60_000),
  maxDataPoints: z.number().nonnegative().default(1000),
  timeZone: z.string().optional(),
  filters: z.array(filter).max(50).default([]),
  limit: z.number().int('is not a whole number').positive('is not above 0').optional(),
  metric: z.string().optional(),
  stat: z.string().optional(),
  by: z
    .array(z.string())
    .max(4, 'has more than 4 dimensions')
    .refine((names) => repeated(names) === undefined, { error: ({ input }) => namedTwice(input) })
    .default([]),
  bucket: z.string().optional(),
  format: z.string().optional(),
  compare: z.string().optional(),
  view: z.string().optional(),
  name: z.string().optional(),
});

/** What may be written inside the fields that have parts. */
const FIELDS_OF: Readonly<Record<string, object>> = { filters: filter.shape, range: range.shape };

/** A checked query: instants are epoch milliseconds, the zone is known; names of metrics and dimensions are yet to be looked up. */
export interface Question {
  refId: string;
  queryType: string;
  from: number;
  to: number;
  zone: Zone;
  intervalMs: number;
  maxDataPoints: number;
  filters: Filter[];
  limit: number | undefined;
  metric: string | undefined;
  stat: string | undefined;
  by: string[];
  bucket: string | undefined;
  format: string | undefined;
  compare: string | undefined;
  view: string | undefined;
  name: string | undefined;
}

/** What Grafana adds to a saved query for itself. */
const GRAFANAS_OWN = new Set(['datasource', 'datasourceId', 'hide', 'key', 'queryCachingTTL']);

/** Reads one query off the wire; throws AppError `invalid_query` that names the field and what would be right. */
export function readQuestion(input: unknown, accountZone: string): Question {
  const parsed = question.safeParse(withoutGrafanasOwn(input), { error: inOurWords });
  if (!parsed.success) throw new AppError('invalid_query', parsed.error.issues.map(inWords).join('; '));
  const { range, timeZone, ...rest } = parsed.data;
  if (range.from >= range.to) throw new AppError('invalid_query', 'range.from is not before range.to');
  if (range.to - range.from > LONGEST_RANGE)
    throw new AppError('invalid_query', 'range is longer than 20 years');
  return {
    ...rest,
    limit: rest.limit,
    metric: rest.metric,
    stat: rest.stat,
    bucket: rest.bucket,
    format: rest.format,
    compare: rest.compare,
    view: rest.view,
    name: rest.name,
    from: range.from,
    to: range.to,
    zone: zoneNamed(timeZone || accountZone),
  };
}

function withoutGrafanasOwn(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(Object.entries(input).filter(([key]) => !GRAFANAS_OWN.has(key)));
}

function zoneNamed(name: string): Zone {
  if (isZone(name)) return zoneOf(name);
  const near = nearest(name, Intl.supportedValuesOf('timeZone'));
  throw new AppError(
    'invalid_query',
    `timeZone "${name}" is not an IANA time zone; did you mean ${near.join(', ')}?`,
  );
}

function inWords(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.') || 'the query';
  if (issue.code === 'unrecognized_keys') {
    const [part] = issue.path;
    const known = Object.keys(FIELDS_OF[String(part)] ?? question.shape);
    const within = part === undefined ? '' : `${field}.`;
    return issue.keys
      .map((key) => `${within}${key} is not a field; did you mean ${nearest(key, known).join(', ')}?`)
      .join('; ');
  }
  return `${field} ${issue.message}${exampleAt(issue.path)}`;
}

/** The entry of a catalogue by name; an unknown name is an error that tells the nearest ones. */
export function lookUp<T>(kind: string, name: string | undefined, catalogue: Readonly<Record<string, T>>): T {
  const known = Object.keys(catalogue);
  if (name === undefined || name === '')
    throw new AppError('invalid_query', `${kind} is missing; choose one of ${known.join(', ')}`);
  const entry = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  if (entry === undefined) {
    throw new AppError(
      'invalid_query',
      `${kind} "${name}" is unknown; did you mean ${nearest(name, known).join(', ')}?`,
    );
  }
  return entry;
}

/** One of a few words, with a default for none. */
export function choose<T extends string>(
  kind: string,
  given: string | undefined,
  choices: readonly [T, ...T[]],
): T {
  if (given === undefined || given === '') return choices[0];
  const found = choices.find((choice) => choice === given);
  if (found) return found;
  throw new AppError('invalid_query', `${kind} "${given}" is unknown; choose one of ${choices.join(', ')}`);
}
