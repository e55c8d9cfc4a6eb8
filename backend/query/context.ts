import type { Plans } from '../budgets/files.ts';
import type { Hours } from '../calendar/hours.ts';
import type { FileSettings } from '../config.ts';
import type { Status } from '../contract.ts';
import type { Reader } from '../store/store.ts';
import type { Bounds } from './bounds.ts';
import type { Coverage } from './coverage.ts';
import type { View } from './people/view.ts';

/** What every query type is given besides the question. */
export interface QueryContext {
  reader: Reader;
  settings: FileSettings;
  /** The account's hours. */
  hours: Hours;
  coverage: Coverage;
  /** Of the range that is asked about. */
  bounds: Bounds;
  /** Budgets and SLOs as their files say at the moment. */
  plans: () => Plans;
  /** Hash of all by which answers can differ. */
  configuration: string;
  /** What the viewer may see of people. */
  view: View;
  /** What the backend says of itself; null where nothing harvests. */
  status: (() => Promise<Status>) | null;
  signal: AbortSignal;
}
