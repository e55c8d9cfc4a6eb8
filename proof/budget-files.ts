import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Simulated } from './simulated.ts';

const PROVISIONED = join(import.meta.dirname, '../provisioning/budgets');

interface Document {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown>;
}

/** The names of an account's things that budgets may select by. */
type Names = Record<'team' | 'service' | 'escalation_policy' | 'schedule', string[]>;

const LISTS = {
  team: 'teams',
  service: 'services',
  escalation_policy: 'escalation_policies',
  schedule: 'schedules',
} as const satisfies Record<keyof Names, string>;

/** Writes budget files for an account into a folder: those of this repository whose names it has, one of every unit, period and selection, and time SLOs. */
export async function writeBudgetFiles(account: Simulated, folder: string): Promise<unknown[]> {
  const names = await namesOf(account);
  const documents = [...provisioned().filter((one) => isOf(one, names)), ...variety(names), ...slos(names)];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'budgets.yaml'), documents.map((one) => stringify(one)).join('---\n'));
  return documents;
}

async function namesOf({ url, token }: Simulated): Promise<Names> {
  const headers = {
    Authorization: `Token token=${token}`,
    Accept: 'application/vnd.pagerduty+json;version=2',
  };
  const entries = Object.entries(LISTS).map(async ([kind, list]) => {
    const response = await fetch(`${url}/${list}?limit=100`, { headers });
    const answer = (await response.json()) as Record<string, { name: string }[]>;
    return [kind, (answer[list] ?? []).map(({ name }) => name)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function provisioned(): unknown[] {
  return readdirSync(PROVISIONED)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(PROVISIONED, file), 'utf8')))
    .map((document) => document.toJS());
}

/** True where every name that a document selects by is the account's. */
function isOf(document: unknown, names: Names): boolean {
  const kinds = Object.keys(LISTS) as (keyof Names)[];
  return kinds.every((kind) => wantedOf(document, kind).every((name) => names[kind].includes(name)));
}

function wantedOf(document: unknown, kind: string): string[] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([key, value]) =>
    key === kind || key === `${kind}s`
      ? [value].flat().filter((name) => typeof name === 'string')
      : wantedOf(value, kind),
  );
}

function variety({ team, service, escalation_policy, schedule }: Names): Document[] {
  const first = (names: string[]) => names.slice(0, 1);
  const last = (names: string[]) => names.slice(-2);
  const specs: Record<string, unknown>[] = [
    { allowed: 56 },
    { allowed: 0, unit: 'pages', period: { rolling: '7d' } },
    {
      allowed: 30,
      unit: 'pages',
      period: { calendar: 'week', timeZone: 'America/New_York' },
      select: { team: first(team) },
    },
    {
      allowed: 40,
      unit: 'interruptions',
      period: { calendar: 'month', timeZone: 'Australia/Lord_Howe' },
      select: { service: last(service) },
    },
    {
      allowed: 25,
      unit: 'sleep_interruptions',
      period: { calendar: 'quarter' },
      select: { urgency: 'high' },
    },
    {
      allowed: 900,
      unit: 'incidents',
      period: { rolling: '14d' },
      select: { escalation_policy: last(escalation_policy) },
    },
    {
      allowed: 20,
      unit: 'paged_incidents',
      period: { calendar: 'month' },
      select: { schedule: first(schedule) },
    },
    {
      allowed: 15,
      unit: 'interruptions',
      period: { rolling: '28d' },
      select: { schedule: last(schedule), urgency: ['high', 'low'] },
    },
    {
      allowed: 300,
      unit: 'incidents',
      period: { calendar: 'week', timeZone: 'Europe/Berlin' },
      select: { team: last(team), urgency: ['low'] },
    },
    { period: { shift: '12h' } },
    { allowed: 1, unit: 'interruptions', period: { shift: '8h' }, select: { team: first(team) } },
    { allowed: 3, unit: 'pages', period: { shift: '1d' }, select: { schedule: last(schedule) } },
    {
      allowed: 0,
      unit: 'sleep_interruptions',
      period: { shift: '12h' },
      select: { escalation_policy: last(escalation_policy), urgency: 'high' },
    },
  ];
  return specs.map((spec, i) => ({
    apiVersion: 'pagebudget/v1',
    kind: 'AlertBudget',
    metadata: { name: `proof-${i + 1}` },
    spec,
  }));
}

function slos({ service }: Names): Document[] {
  const specs = [
    { services: service.slice(0, 1), target: 0.99, duration: '7d' },
    { services: service.slice(-3), target: 0.9, duration: '28d' },
    { services: service, target: 0.5, duration: '30d' },
  ];
  return specs.map(({ services, target, duration }, i) => ({
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: `proof-slo-${i + 1}` },
    spec: {
      service: services[0] ?? '',
      indicator: {
        spec: {
          ratioMetric: {
            rawType: 'failure',
            raw: { metricSource: { type: 'PagerDuty', spec: { services } } },
          },
        },
      },
      timeWindow: [{ duration, isRolling: true }],
      objectives: [{ target }],
    },
  }));
}
