import { LONGEST_LIFE, USUAL_LIFE } from '../life/course.ts';
import type { Incident, LogEntry } from '../life/incident.ts';
import { writeLives } from '../life/life.ts';
import type { Opening } from '../life/openings.ts';
import { HOUR } from '../time.ts';
import type { Census, Land } from './census.ts';
import { keepRecent } from './recent.ts';

/** Whole lives of incidents, also what is yet to come, written when they are asked for. */
export interface Lives {
  of(opening: Opening): Incident;
  /** The incidents with the numbers [from, to). */
  numbered(from: number, to: number): Incident[];
  /** Entries with times in [since, until), in order of time; those of one second by number, then in order of cause. */
  entries(since: number, until: number): LogEntry[];
}

/** Enough for all incidents that one question can reach. */
const LIVES_KEPT = 12_000;

/** Entries are collected so much time at once. */
const STEP = 6 * HOUR;
const STEPS_KEPT = 48;

/** Lives on a land, numbered by its census; `titleOf` tells the title that an incident now has. */
export function makeLives(land: Land, census: Census, titleOf: (incident: Incident) => string): Lives {
  const kept = keepRecent<string, Incident>(LIVES_KEPT);
  const steps = keepRecent<number, LogEntry[]>(STEPS_KEPT);

  const of = (opening: Opening): Incident => {
    const known = kept.get(keyOf(opening));
    if (known) return known;
    const company = census.companyOf(opening);
    const written = writeLives(land, company).map((incident, index) => {
      const own = company[index] as Opening;
      incident.number = census.numberOf(own);
      name(incident, titleOf);
      return kept.set(keyOf(own), incident);
    });
    return written[company.findIndex((own) => keyOf(own) === keyOf(opening))] as Incident;
  };
  const numbered = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) =>
      of(census.numbered(from + index) as Opening),
    );

  const stepFrom = (start: number): LogEntry[] => {
    const end = start + STEP;
    const [from, to] = [start - USUAL_LIFE, end].map((instant) => census.countBefore(instant) + 1);
    const lasting = census.unusual(start - LONGEST_LIFE, start - USUAL_LIFE).map(of);
    return [...lasting, ...numbered(from as number, to as number)]
      .flatMap(({ entries }) => entries.filter(({ time }) => time >= start && time < end))
      .sort((a, b) => a.time - b.time || a.incident.number - b.incident.number);
  };

  return {
    of,
    numbered,
    entries(since, until) {
      const found: LogEntry[] = [];
      for (let start = Math.floor(since / STEP) * STEP; start < until; start += STEP) {
        const step = steps.get(start) ?? steps.set(start, stepFrom(start));
        const isWhole = since <= start && start + STEP <= until;
        const inside = isWhole ? step : step.filter(({ time }) => time >= since && time < until);
        for (const entry of inside) found.push(entry);
      }
      return found;
    },
  };
}

function keyOf({ place }: Opening): string {
  return `${place.slot}/${place.index}`;
}

/** Gives an incident the name by which references call it; it follows the title. */
function name(incident: Incident, titleOf: (incident: Incident) => string): void {
  const nameWith = (title: string) => `[#${incident.number}] ${title}`;
  incident.name = nameWith(incident.title);
  if (!incident.steps.some(({ change }) => change.title)) return;
  Object.defineProperty(incident, 'name', { get: () => nameWith(titleOf(incident)), enumerable: true });
}
