import { createHash } from 'node:crypto';
import { type Hours, teamHours } from '../../calendar/hours.ts';
import { type Zone, zoneOf } from '../../calendar/zone.ts';
import { SECOND } from '../../clock.ts';
import { type FileSettings, isZone } from '../../config.ts';

/** Raised whenever code that derives facts comes to other results; the facts of a store are then derived again. */
const RULES = 3;

/** A team or service as settings name it: by id or name. */
export interface Named {
  id: string;
  name: string;
}

/** The settings that facts depend on, ready to use; spans of time in ms unless named otherwise. */
export interface Rules {
  pageWindow: number;
  burstWindow: number;
  /** Seconds. */
  transientUnder: number;
  accountZone: Zone;
  /** The zone of a name, the account's for null and for names that nobody knows. */
  zoneNamed(name: string | null): Zone;
  /** Hours of a person who is in these teams. */
  hoursOf(teams: Named[]): Hours;
  /** True for a service whose fingerprints follow the incident key. */
  followsKey(service: Named): boolean;
  categories: readonly CategoryRule[];
  /** What a link to a runbook looks like. */
  runbook: RegExp;
}

/** One rule of the ordered list of categories; all patterns that are given must match. */
export interface CategoryRule {
  name: string;
  title: RegExp | null;
  service: RegExp | null;
  incidentKey: RegExp | null;
}

/** Prepares the settings that facts depend on. */
export function rulesOf(settings: FileSettings): Rules {
  const accountZone = zoneOf(settings.timeZone ?? 'UTC');
  return {
    pageWindow: settings.pageWindow * SECOND,
    burstWindow: settings.burstWindow * SECOND,
    transientUnder: settings.transientUnder,
    accountZone,
    zoneNamed: (name) => (name !== null && isZone(name) ? zoneOf(name) : accountZone),
    hoursOf: (teams) => teamHours(settings, teams),
    followsKey: ({ id, name }) => (settings.services[id] ?? settings.services[name])?.fingerprint === 'key',
    categories: settings.categories.map((rule) => ({
      name: rule.name,
      title: searched(rule.title),
      service: searched(rule.service),
      incidentKey: searched(rule.incidentKey),
    })),
    runbook: new RegExp(settings.runbookPattern, 'i'),
  };
}

/** A short name of the rules and of every setting that facts depend on; facts made under another one are derived again. */
export function rulesVersion(settings: FileSettings): string {
  const { timeZone, hours, teams, pageWindow, burstWindow, transientUnder } = settings;
  const { services, categories, runbookPattern } = settings;
  const times = [timeZone, hours, teams, pageWindow, burstWindow, transientUnder];
  const all = [RULES, ...times, services, categories, runbookPattern];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 12);
}

function searched(pattern: string | undefined): RegExp | null {
  return pattern === undefined ? null : new RegExp(pattern, 'i');
}
