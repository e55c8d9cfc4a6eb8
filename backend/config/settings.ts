import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../errors.ts';

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day such as "22:00"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const localDate = z.string().refine(isDate, 'is not a date such as "2026-12-25"');

const zone = z.string().refine(isZone, 'is not an IANA time zone such as "Europe/Berlin"');

const pattern = z.string().refine(isPattern, 'is not a regular expression');

/** Nightly a month is read again; what is removed must lie before it. */
const LEAST_RETAINED = 35;

const retention = z
  .string()
  .regex(/^(keep|\d{1,5}d)$/, 'is neither "keep" nor days such as "400d"')
  .transform((text) => (text === 'keep' ? null : Number(text.slice(0, -1))))
  .refine((days) => days === null || days >= LEAST_RETAINED, `is less than ${LEAST_RETAINED}d`);

const hoursSetting = z.strictObject({
  sleep: z.strictObject({ from: clockTime, to: clockTime }).optional(),
  business: z
    .strictObject({
      from: clockTime,
      to: clockTime,
      days: z.array(z.number().int().min(1).max(7)).optional(),
    })
    .optional(),
  holidays: z.array(localDate).optional(),
});

const fileSetting = z.strictObject({
  timeZone: zone.optional(),
  hours: hoursSetting.optional(),
  teams: z.array(z.strictObject({ team: z.string(), hours: hoursSetting })).default([]),
  pageWindow: z.number().int().min(0).max(600).default(300),
  burstWindow: z.number().int().min(0).max(3600).default(300),
  transientUnder: z.number().int().min(1).max(900).default(300),
  /** Seconds within which an urgent incident is to be acknowledged. */
  ackTarget: z.number().int().min(1).max(86_400).default(900),
  runbookPattern: pattern.default('https?://\\S*(runbook|playbook)\\S*'),
  services: z.record(z.string(), z.strictObject({ fingerprint: z.enum(['title', 'key']) })).default({}),
  categories: z
    .array(
      z
        .strictObject({
          name: z.string().min(1),
          title: pattern.optional(),
          service: pattern.optional(),
          incidentKey: pattern.optional(),
        })
        .refine(
          (rule) => rule.title ?? rule.service ?? rule.incidentKey,
          'needs a title, service or incidentKey pattern',
        ),
    )
    .default([]),
  /** Milliseconds from which on a query is noted in the log. */
  slowQuery: z.number().int().min(0).default(1000),
  requestShare: z.number().positive().max(1).default(0.5),
  budgets: z.string().default('provisioning/budgets'),
  /** Whole days that are kept; null keeps everything. */
  retention: retention.prefault('keep'),
  people: z.enum(['names', 'pseudonyms', 'aggregates']).default('names'),
  report: z
    .strictObject({
      /** 1 = Monday. */
      day: z.number().int().min(1).max(7).default(1),
      at: clockTime.default(9 * 60),
      teams: z.array(z.string().min(1)).default([]),
    })
    .prefault({}),
});

/** Hour limits as written in pagebudget.yaml, minutes of the local day; absent parts are filled from the account's. */
export type HoursSetting = z.infer<typeof hoursSetting>;

/** The settings of pagebudget.yaml with every default filled in. */
export type FileSettings = z.infer<typeof fileSetting>;

/** Reads the settings file, where one is named; adds what is wrong with it to the faults. */
export function readSettings(path: string | undefined, faults: string[]): FileSettings {
  if (!path) return fileSetting.parse({});
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    faults.push(`PAGEBUDGET_CONFIG=${path} cannot be read as YAML: ${messageOf(error)}`);
    return fileSetting.parse({});
  }
  const result = fileSetting.safeParse(content);
  if (result.success) return result.data;
  faults.push(
    ...result.error.issues.map((issue) => `${path}: ${issue.path.join('.') || 'the file'} ${issue.message}`),
  );
  return fileSetting.parse({});
}

/** Names that were found to be zones: asking the runtime takes long. There are some 600, and as many ways to write one as it has letters. */
const zonesFound = new Set<string>();
const MOST_FOUND = 1000;

/** True for a name that the runtime's time zone data knows. */
export function isZone(name: string): boolean {
  if (zonesFound.has(name)) return true;
  try {
    const isKnown = !/^[+-]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    if (isKnown && zonesFound.size < MOST_FOUND) zonesFound.add(name);
    return isKnown;
  } catch {
    return false;
  }
}

function isPattern(source: string): boolean {
  try {
    return Boolean(new RegExp(source, 'i'));
  } catch {
    return false;
  }
}

/** True for a day of the calendar, so not for February 31. */
function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
