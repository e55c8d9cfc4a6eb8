import type { RowOf } from '../index.ts';
import { kindOf, type LogEntry } from './entries.ts';
import { meansOf } from './notifications.ts';
import type { PageContext } from './page-facts.ts';
import type { PagedIncident } from './paged-incident.ts';
import { stateAt } from './past-state.ts';
import { localFacts } from './person.ts';

const NOBODY = { hour_class: null, weekday: null, hour: null };

/** The notifications of one incident from its entries in order: e-mails and those to nobody included, whose wall clock is unknown. */
export function notificationFacts(
  { id, incident, told }: PagedIncident,
  entries: readonly LogEntry[],
  context: PageContext,
): RowOf<'notification'>[] {
  return entries
    .filter((entry) => kindOf(entry) === 'notify')
    .map((entry) => ({
      id: entry.id,
      incident_id: id,
      user_id: entry.user_id,
      time: entry.created_at,
      means: meansOf(entry),
      ...clockOf(entry, context),
      ...stateAt(entry.created_at, incident, entries, context.priorityOf),
      ...told,
    }));
}

function clockOf({ user_id, created_at }: LogEntry, { personOf }: PageContext) {
  if (user_id === null) return NOBODY;
  const { hour_class, weekday, hour } = localFacts(created_at, personOf(user_id));
  return { hour_class, weekday, hour };
}
