import { type Clock, SECOND } from '../clock.ts';
import { codeOf, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

const TRY_EVERY = 5 * SECOND;

/** What waiting for a store takes. */
export interface Waiting {
  clock: Clock;
  log: Log;
  signal?: AbortSignal;
}

/** Opens the store that `url` names; where another process has its file, waits until that one has let it go, and says so. Throws as `openStore` does on anything else. */
export async function openOnceFree(url: string, { clock, log, signal }: Waiting): Promise<Store> {
  for (let told = false; ; told = true) {
    try {
      return await openStore(url);
    } catch (error) {
      if (codeOf(error) !== 'locked') throw error;
      signal?.throwIfAborted();
      if (!told) log.warn(`${messageOf(error)} Waiting until it is free.`);
      await clock.sleep(TRY_EVERY, signal);
      signal?.throwIfAborted();
    }
  }
}
