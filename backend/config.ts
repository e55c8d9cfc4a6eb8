import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError, messageOf } from './errors.ts';

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day such as "22:00"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is not a date such as "2026-12-25"');

const zone = z.string().refine(isZone, 'is not an IANA time zone such as "Europe/Berlin"');

const pattern = z.string().refine(isPattern, 'is not a regular expression');

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
  requestShare: z.number().positive().max(1).default(0.5),
  budgets: z.string().default('provisioning/budgets'),
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

/** Everything the process is told from outside, frozen at start. */
export interface Config extends FileSettings {
  host: string;
  port: number;
  logLevel: string;
  /** What clients of this backend must send; null only on loopback. */
  token: string | null;
  pagerduty: { token: string | null; url: string };
  /** `duckdb:PATH`, `duckdb::memory:` or `postgres://user:password@host/database`; a secret, as it may hold a password. */
  store: string;
  /** The incoming webhook that gets the weekly report; null for none. */
  reportWebhook: string | null;
  /** How far back to harvest: whole days before the first start, or an instant (epoch ms). */
  since: { days: number } | { at: number };
}

type Env = Record<string, string | undefined>;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads environment and the file that PAGEBUDGET_CONFIG names; throws one AppError `config` that lists every fault. */
export function readConfig(env: Env): Config {
  const faults: string[] = [];
  const file = readSettings(env.PAGEBUDGET_CONFIG, faults);
  const host = env.HOST || '127.0.0.1';
  const token = env.PAGEBUDGET_TOKEN || null;
  if (!token && !LOOPBACK.has(host)) {
    faults.push(`HOST=${host} is reachable from other machines: set PAGEBUDGET_TOKEN, or HOST=127.0.0.1`);
  }
  const config: Config = {
    ...file,
    host,
    port: readPort(env.PORT, faults),
    logLevel: readLevel(env.LOG_LEVEL, faults),
    token,
    pagerduty: { token: readToken(env, faults), url: readUrl(env.PAGERDUTY_API_URL, faults) },
    store: readStore(env.PAGEBUDGET_STORE, faults),
    reportWebhook: readWebhook(env.PAGEBUDGET_REPORT_WEBHOOK, faults),
    since: readSince(env.PAGEBUDGET_SINCE, faults),
  };
  if (faults.length > 0) throw new AppError('config', `Configuration: ${faults.join('; ')}.`);
  return Object.freeze(config);
}

function readSettings(path: string | undefined, faults: string[]): FileSettings {
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

function readPort(text: string | undefined, faults: string[]): number {
  const port = Number(text || 8686);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    faults.push(`PORT=${text} is not a port from 0 to 65535`);
  return port;
}

function readLevel(text: string | undefined, faults: string[]): string {
  const level = text || 'info';
  if (!LEVELS.includes(level)) faults.push(`LOG_LEVEL=${text} is not one of ${LEVELS.join(', ')}`);
  return level;
}

function readToken(env: Env, faults: string[]): string | null {
  const path = env.PAGERDUTY_TOKEN_FILE;
  if (env.PAGERDUTY_TOKEN || !path) return env.PAGERDUTY_TOKEN || null;
  if (existsSync(path)) return readFileSync(path, 'utf8').trim() || null;
  faults.push(`PAGERDUTY_TOKEN_FILE=${path} does not exist`);
  return null;
}

function readUrl(text: string | undefined, faults: string[]): string {
  const url = text || 'https://api.pagerduty.com';
  if (!URL.canParse(url))
    faults.push(`PAGERDUTY_API_URL=${url} is not a URL such as https://api.pagerduty.com`);
  return url.replace(/\/+$/, '');
}

function readWebhook(text: string | undefined, faults: string[]): string | null {
  if (!text) return null;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    faults.push('PAGEBUDGET_REPORT_WEBHOOK is not the address (https://…) of an incoming webhook');
  }
  return text;
}

function readStore(text: string | undefined, faults: string[]): string {
  const store = text || 'duckdb:data/pagebudget.duckdb';
  if (!/^(duckdb:|postgres(ql)?:\/\/)./.test(store)) {
    faults.push(
      `PAGEBUDGET_STORE=${store.replace(/\/\/.*@/, '//…@')} is not a store such as duckdb:data/pagebudget.duckdb, duckdb::memory: or postgres://user:password@host/database`,
    );
  }
  return store;
}

function readSince(text: string | undefined, faults: string[]): Config['since'] {
  const since = text || '400d';
  const days = /^(\d{1,5})d$/.exec(since);
  if (days) return { days: Number(days[1]) };
  const at = Date.parse(since);
  if (!/^\d{4}-\d\d-\d\d/.test(since) || Number.isNaN(at)) {
    faults.push(`PAGEBUDGET_SINCE=${since} is neither days such as 400d nor an ISO date such as 2026-01-01`);
  }
  return { at };
}

/** True for a name that the runtime's time zone data knows. */
export function isZone(name: string): boolean {
  try {
    return !/^[+-]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
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
