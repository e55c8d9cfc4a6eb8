import type { Organisation } from '../organisation/things.ts';
import { ApiError } from './api-error.ts';
import { type ActiveFaults, activate, type FaultCount } from './faults/active.ts';
import { defaultSettings, readChanges, type Settings } from './settings.ts';
import { type Asked, makeTally, type Tally } from './tally.ts';

/** What a simulator says of itself. */
export interface Report {
  settings: Settings;
  /** In the order of `settings.faults`. */
  faults: FaultCount[];
  /** Requests by endpoint since the start or the last reset. */
  requests: Record<string, Asked>;
  /** The account's time, ISO 8601. */
  now: string;
}

/** How a simulator behaves, and what it has seen. */
export interface Control {
  readonly settings: Settings;
  readonly faults: ActiveFaults;
  readonly tally: Tally;
  /** When something was last changed, by the clock, epoch ms. */
  readonly changedAt: number;
  /** Changes all that is named or nothing; throws an ApiError where something is wrong. */
  change(changes: unknown): void;
  report(): Report;
}

/** What a control begins with. */
export interface ControlOptions {
  token: string;
  seed: number;
  organisation: Organisation;
  accountTime(): number;
  clock(): number;
}

/** Makes a control with default settings. */
export function makeControl({ token, seed, organisation, accountTime, clock }: ControlOptions): Control {
  const tally = makeTally();
  let settings = defaultSettings(token, seed);
  let faults = activate([], seed);
  let changedAt = clock();
  return {
    tally,
    get settings() {
      return settings;
    },
    get faults() {
      return faults;
    },
    get changedAt() {
      return changedAt;
    },
    change(wanted) {
      const { reset = false, ...changes } = readChanges(wanted);
      refuseUnknownTeams(changes.faults ?? [], organisation);
      settings = Object.assign({}, reset ? defaultSettings(token, seed) : settings, changes);
      changedAt = clock();
      if (reset) tally.clear();
      if (reset || changes.faults || changes.seed !== undefined)
        faults = activate(settings.faults, settings.seed);
    },
    report: () => ({
      settings,
      faults: faults.counts(),
      requests: tally.read(),
      now: new Date(accountTime()).toISOString(),
    }),
  };
}

function refuseUnknownTeams(faults: Settings['faults'], { teams }: Organisation): void {
  const known = teams.flatMap(({ id, name }) => [id, name]);
  for (const choice of faults) {
    const unknown =
      'teams' in choice ? (choice.teams as string[]).filter((team) => !known.includes(team)) : [];
    if (unknown.length > 0) {
      const names = teams.map(({ name }) => name).join(', ');
      throw new ApiError(
        'invalid_input',
        `faults: there is no team ${unknown.join(', ')}; teams are ${names}.`,
      );
    }
  }
}
