import { z } from 'zod';
import type { Analysed } from '../analytics/analysed.ts';
import { ApiError } from '../http/api-error.ts';
import { isZone, readTime } from '../time.ts';

/** Which incidents are meant; `created_at_start` belongs to the range, `created_at_end` does not. */
export const filters = z
  .looseObject({
    created_at_start: z.string(),
    created_at_end: z.string(),
    updated_after: z.string(),
    urgency: z.enum(['high', 'low']),
    major: z.boolean(),
    team_ids: z.array(z.string()),
    service_ids: z.array(z.string()),
    escalation_policy_ids: z.array(z.string()),
    priority_ids: z.array(z.string()),
    priority_names: z.array(z.string()),
    incident_type_ids: z.array(z.string()),
  })
  .partial();

/** The filters of a question of analytics. */
export type Filters = z.output<typeof filters>;

/** The zone that times without an offset are in. */
export const zone = z.string().refine(isZone, 'must be the name of a time zone');

/** The range of creation that filters name, epoch ms. */
export function createdWithin({ created_at_start: start, created_at_end: end }: Filters, inZone: string) {
  return { since: timeOf(start, inZone), until: timeOf(end, inZone) };
}

/** A time of the filters in epoch ms; null for none. Throws an ApiError on what is no time. */
export function timeOf(text: string | undefined, inZone: string): number | null {
  if (text === undefined) return null;
  const at = readTime(text, inZone);
  if (at === null) throw new ApiError('invalid_input', `"${text}" is no ISO 8601 time.`);
  return at;
}

/** True for an incident that all filters but those of time take in. */
export function isMeant(wanted: Filters, { past: { state }, major }: Analysed): boolean {
  const { team_ids, service_ids, escalation_policy_ids, priority_ids, priority_names } = wanted;
  const isAmong = (list: readonly string[] | undefined, ...values: (string | undefined)[]) =>
    !list?.length || values.some((value) => value !== undefined && list.includes(value));
  return (
    (wanted.urgency ?? state.urgency) === state.urgency &&
    (wanted.major ?? major) === major &&
    isAmong(team_ids, ...state.teams.map(({ id }) => id)) &&
    isAmong(service_ids, state.service.id) &&
    isAmong(escalation_policy_ids, state.policy.id) &&
    isAmong(priority_ids, state.priority?.id) &&
    isAmong(priority_names, state.priority?.name) &&
    isAmong(wanted.incident_type_ids)
  );
}
