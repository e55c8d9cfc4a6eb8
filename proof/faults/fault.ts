import type { Chance } from '../../oracle/random.ts';
import type { FaultChoice } from '../../simulator/http/faults/choice.ts';

/** Something that goes wrong between PagerDuty and the harvest. */
export interface Fault {
  words: string;
  /** What the simulator does wrong, drawn anew for each run. */
  choose?(chance: Chance): FaultChoice[];
  /**
   * What coverage and notices must tell while it lasts, where no patience gets round it; the store must be whole after
   * it has ended. Without it the store must become whole although it lasts.
   */
  tells?: RegExp;
  /** What coverage and notices must say although all that there is was read. */
  remarks?: RegExp;
  /** Milliseconds by which the machine's clock is ahead of PagerDuty's. */
  skew?: number;
  /** True where the harvest cannot know that the store is not whole, and a night later it must be. */
  mendedAtNight?: boolean;
}

/** Chooses the same things in every run. */
export const always =
  (...choices: FaultChoice[]) =>
  (): FaultChoice[] =>
    choices;
