import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { InTurn } from '../turns.ts';
import type { Commit } from './commit.ts';
import type { Faults } from './faults.ts';
import type { Source } from './fetch.ts';
import type { Ledger } from './ledger.ts';
import type { Window } from './plan.ts';
import type { Pace } from './progress.ts';

/** What every task of the harvest works with. */
export interface Crew {
  source: Source;
  store: Store;
  ledger: Ledger;
  faults: Faults;
  /** Remarks on streams, by stream; the summary writes them, coverage shows them. */
  remarks: Map<string, string>;
  commit: Commit;
  /** On-call time is read and written in turn, so that no older answer undoes a newer one. */
  onCallTurn: InTurn;
  pace: Pace;
  /** Windows of the backfill that are being read, by their key. */
  underWay: Map<string, Window>;
  /** Keys of those among them that must be read once more, as something was hidden when their reading began. */
  inDoubt: Set<string>;
  config: Config;
  clock: Clock;
  log: Log;
}
