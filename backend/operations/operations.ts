import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { type Backup, backUp, backupFile } from './backup.ts';
import { type Forgotten, forget } from './forget.ts';

/** What a running backend does to its own store when it is told to. */
export interface Operations {
  /** Makes a backup in the backend's folder, under the name given or one of the moment. Throws AppError `conflict` while one is being made. */
  backUp(file: string | undefined): Promise<Backup>;
  /** Erases a person, named by id, name or e-mail. */
  forget(who: string): Promise<Forgotten>;
}

/** Makes the operations of a store. */
export function createOperations(store: Store, config: Config, clock: Clock): Operations {
  let copying = false;
  return {
    forget: (who) => forget(store, who),
    async backUp(wanted) {
      if (copying) throw new AppError('conflict', 'A backup is being made: wait until it is done.');
      copying = true;
      try {
        return await backUp(store, backupFile(config.backups, wanted, clock.now()));
      } finally {
        copying = false;
      }
    },
  };
}
