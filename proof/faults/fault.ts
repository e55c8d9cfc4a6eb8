import type { Chance } from '../../oracle/random.ts';
import type { Settings } from '../control.ts';

/** Something that goes wrong between PagerDuty and the harvest. */
export interface Fault {
  words: string;
  /** What the simulator is told to do wrong. */
  settings(chance: Chance): Settings;
  /** Begins after some requests, instead of with the first. */
  midway?: true;
  /**
   * What coverage and notices must tell while it lasts, where no patience gets round it; the store must be whole after
   * it has ended. Without it the store must become whole although it lasts.
   */
  tells?: RegExp;
  /** Milliseconds by which the machine's clock is ahead of PagerDuty's. */
  skew?: number;
  /** Milliseconds after its end within which the store must be whole, where the harvest cannot know of it. */
  mendedAfter?: number;
}

/** Settings of several faults in one: of a setting of several kinds, such as refused paths, all are taken. */
export function mixed(settings: readonly Settings[]): Settings {
  const all: Record<string, unknown> = {};
  for (const [name, value] of settings.flatMap((one) => Object.entries(one))) {
    all[name] = joined(all[name], value);
  }
  return all;
}

function joined(first: unknown, second: unknown): unknown {
  if (Array.isArray(first) && Array.isArray(second)) return [...first, ...second];
  return isRecord(first) && isRecord(second) ? { ...first, ...second } : second;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
