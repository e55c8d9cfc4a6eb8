import { type Env, isAddress } from './config/env.ts';
import { type PagerDutyConfig, readPagerDuty } from './config/pagerduty.ts';
import { type FileSettings, readSettings } from './config/settings.ts';
import { readToken } from './config/token.ts';
import { AppError } from './errors.ts';

export { type FileSettings, type HoursSetting, isZone } from './config/settings.ts';

/** Everything the process is told from outside, frozen at start. */
export interface Config extends FileSettings {
  host: string;
  port: number;
  logLevel: string;
  /** What clients of this backend must send; null only on loopback. */
  token: string | null;
  pagerduty: PagerDutyConfig;
  /** `duckdb:PATH`, `duckdb::memory:` or `postgres://user:password@host/database`; a secret, as it may hold a password. */
  store: string;
  /** The folder that a running backend writes backups into. */
  backups: string;
  /** The incoming webhook that gets the weekly report; null for none. */
  reportWebhook: string | null;
  /** How far back to harvest: whole days before the first start, or an instant (epoch ms). */
  since: { days: number } | { at: number };
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads environment and the file that PAGEBUDGET_CONFIG names; throws one AppError `config` that lists every fault. */
export function readConfig(env: Env): Config {
  const faults: string[] = [];
  const file = readSettings(env.PAGEBUDGET_CONFIG, faults);
  const host = env.HOST || '127.0.0.1';
  const token = readToken(env, faults);
  if (!token && !LOOPBACK.has(host)) {
    faults.push(`HOST=${host} is reachable from other machines: set PAGEBUDGET_TOKEN, or HOST=127.0.0.1`);
  }
  const config: Config = {
    ...file,
    host,
    port: readPort(env.PORT, faults),
    logLevel: readLevel(env.LOG_LEVEL, faults),
    token,
    pagerduty: readPagerDuty(env, faults),
    store: readStore(env.PAGEBUDGET_STORE, faults),
    backups: env.PAGEBUDGET_BACKUPS || 'data/backups',
    reportWebhook: readWebhook(env.PAGEBUDGET_REPORT_WEBHOOK, faults),
    since: readSince(env.PAGEBUDGET_SINCE, faults),
  };
  if (faults.length > 0) throw new AppError('config', `Configuration: ${faults.join('; ')}.`);
  return Object.freeze(config);
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

function readWebhook(text: string | undefined, faults: string[]): string | null {
  if (!text) return null;
  if (!isAddress(text)) {
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
