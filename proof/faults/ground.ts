import { startStillAccount } from './account.ts';
import { harvestWhole } from './run.ts';

const DAY = 86_400_000;

/** Which account, and how many days of it are harvested; `folder` takes the stores. */
export interface GroundOptions {
  seed: number;
  /** ISO 8601. */
  until: string;
  days: number;
  folder: string;
}

/** Stores of an account that were made without faults. */
export interface Ground extends Omit<GroundOptions, 'days'> {
  /** From when on it is harvested, ISO 8601. */
  since: string;
  /** Path of the store as of `until`, or after the time that is let pass after a fault; it is made when it is first asked for. */
  whole(later: boolean): Promise<string>;
}

/** The ground on which harvests under faults are compared. */
export function layGround({ seed, until, days, folder }: GroundOptions): Ground {
  const since = new Date(Date.parse(until) - days * DAY).toISOString();
  const stores = new Map<boolean, Promise<string>>();
  const make = async (later: boolean) => {
    const account = await startStillAccount({ seed, until });
    try {
      return await harvestWhole({ account, since, until, folder }, later);
    } finally {
      await account.stop();
    }
  };
  return {
    ...{ seed, until, since, folder },
    whole(later) {
      const store = stores.get(later) ?? make(later);
      stores.set(later, store);
      return store;
    },
  };
}
