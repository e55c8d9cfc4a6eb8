import { account } from './account.ts';
import { budget } from './budget.ts';
import { coverage } from './coverage.ts';
import { episodes } from './episodes.ts';
import { harvest } from './harvest.ts';
import { incidents } from './incidents.ts';
import { log_entries } from './log-entries.ts';
import { metric } from './metric.ts';
import { night } from './night.ts';
import { noise } from './noise.ts';
import { on_call } from './on-call.ts';
import { pages } from './pages.ts';
import { people } from './people.ts';
import { requests } from './requests.ts';
import { review } from './review.ts';
import { slo } from './slo.ts';
import type { QueryType } from './type.ts';

/** Every query type, by the name queries use, in the editor's order. */
export const TYPES: Readonly<Record<string, QueryType>> = {
  metric,
  incidents,
  pages,
  log_entries,
  episodes,
  noise,
  night,
  people,
  on_call,
  budget,
  slo,
  coverage,
  requests,
  harvest,
  review,
  account,
};
