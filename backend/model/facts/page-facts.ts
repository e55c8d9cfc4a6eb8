import type { RowOf } from '../index.ts';
import { awakeUntil } from './awake.ts';
import { byUser, kindOf, type LogEntry } from './entries.ts';
import { type Attempts, pagesOf } from './notifications.ts';
import type { PagedIncident } from './paged-incident.ts';
import { stateAt } from './past-state.ts';
import { localFacts, type Person } from './person.ts';

/** What the pages of an incident depend on besides its entries. */
export interface PageContext {
  /** In ms. */
  pageWindow: number;
  personOf(user_id: string): Person;
  /** The priority's id for what a priority change tells of it, an id or a name. */
  priorityOf(text: string): string;
}

/** The pages of one incident from its entries in order; urgency and priority are null for an incident that cannot be read. Which of them begin a burst or a stretch awake is not known here: `interruption` is false, `awake_at_night` 0. */
export function pageFacts(
  { id, incident, told }: PagedIncident,
  entries: readonly LogEntry[],
  context: PageContext,
): RowOf<'page'>[] {
  return pagesOf(entries, context.pageWindow).map((page) => ({
    id: page.first.id,
    incident_id: id,
    user_id: page.user_id,
    time: page.first.created_at,
    means: page.means,
    ...localFacts(page.first.created_at, context.personOf(page.user_id)),
    ...stateAt(page.first.created_at, incident, entries, context.priorityOf),
    notifications: page.times.length,
    interruption: false,
    awake_until: awakeUntil(page.times, actsOf(page, entries)),
    awake_at_night: 0,
    ...told,
  }));
}

function actsOf(page: Attempts, entries: readonly LogEntry[]): number[] {
  return entries
    .filter((entry) => entry.agent_id === page.user_id && byUser(entry) && kindOf(entry) !== 'notify')
    .map((entry) => entry.created_at);
}
