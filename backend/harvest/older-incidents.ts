import type { Parameters } from '../pagerduty/exchange.ts';
import { type FailureKind, PagerDutyError } from '../pagerduty/failure.ts';
import { isIn, name, sql } from '../sql/statement.ts';
import type { Crew } from './crew.ts';
import type { Directory } from './directory.ts';
import { inSteps, isTooMuch } from './fetch.ts';
import { beginOf } from './ledger.ts';
import { LENGTH, type Span } from './plan.ts';
import { beyondReach } from './too-long.ts';

/** Failures that say that no incidents can be read at all. */
const UNREADABLE: ReadonlySet<FailureKind> = new Set(['permission', 'plan', 'missing', 'request']);

/** True where a service that no list had so far has incidents from before the last reading of services. */
export async function hasOlderIncidents(crew: Crew, directory: Directory): Promise<boolean> {
  const before = crew.ledger.coverage.get('services')?.to ?? null;
  const ids = (directory.get('services')?.reading.rows.service ?? []).map(({ id }) => id);
  if (before === null || ids.length === 0) return false;
  const stored = await crew.store.read<{ id: string }>(
    sql`SELECT "id" FROM "service" WHERE ("listed" OR "deleted_at" IS NOT NULL) AND ${isIn(name('id'), ids)}`,
  );
  const known = new Set(stored.map(({ id }) => id));
  for (const id of ids.filter((one) => !known.has(one))) {
    if (await hasIncidentsBefore(crew, id, before)) return true;
  }
  return false;
}

/** True where an incident of a service was created before an instant; false where incidents may not be read at all. Throws where that cannot be told now. */
async function hasIncidentsBefore(crew: Crew, serviceId: string, before: number): Promise<boolean> {
  try {
    return (await oldestIncident(crew, serviceId)) < before;
  } catch (error) {
    if (error instanceof PagerDutyError && UNREADABLE.has(error.kind)) return false;
    if (!isTooMuch(error)) throw error;
  }
  let found = false;
  const work = async ({ start, end }: Span) => {
    const [since, until] = [start, end].map((at) => new Date(at).toISOString());
    if (since === undefined || until === undefined || found) return;
    const first = await firstIncident(crew, serviceId, [
      ['since', since],
      ['until', until],
    ]);
    found = first !== null;
  };
  // An older incident may still have entries of the time that is harvested.
  const start = (beginOf(crew.ledger, 'incidents') ?? before) - LENGTH;
  await inSteps({ start, end: before }, LENGTH, work, beyondReach(crew, 'incidents'));
  return found;
}

/** When the first incident of a service was created, epoch ms; Infinity without one. */
async function oldestIncident(crew: Crew, serviceId: string): Promise<number> {
  const oldest = await firstIncident(crew, serviceId, [
    ['date_range', 'all'],
    ['sort_by', 'created_at:asc'],
  ]);
  const at = Date.parse(oldest?.created_at ?? '');
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}

/** The first row of a service's incidents; null for none. */
async function firstIncident({ source }: Crew, serviceId: string, parameters: Parameters) {
  const body = await source.client.get(
    '/incidents',
    [['service_ids[]', serviceId], ...parameters, ['limit', '1'], ['time_zone', 'UTC']],
    source.signal,
  );
  const [first] = (body as { incidents?: { created_at?: string }[] } | null)?.incidents ?? [];
  return first ?? null;
}
