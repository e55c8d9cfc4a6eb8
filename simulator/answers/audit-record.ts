import type { Change } from '../account/changes.ts';
import type { Person } from '../organisation/things.ts';
import { randomFor } from '../random.ts';
import { reference } from './reference.ts';

/** What PagerDuty calls a field of which the simulator has another name. */
const FIELDS: Readonly<Record<string, string>> = { zone: 'time_zone' };

/** How somebody may have made a change: by hand, or by a program with a key. */
const METHODS = { browser: 3, api_token: 1 } as const;

/** A change as GET /audit/records shows it; one of `people` made it. */
export function auditRecord({ time, thing, action, field }: Change, people: readonly Person[]) {
  const random = randomFor('audit', thing.id, action, time);
  const type = random.weighted(METHODS);
  const actor = people.length > 0 ? random.pick(people) : null;
  const fields = field && [
    { name: FIELDS[field.name] ?? field.name, before_value: field.before, value: field.after },
  ];
  return {
    id: random.id('P', 26),
    self: null,
    execution_time: new Date(time).toISOString(),
    execution_context: { request_id: random.signs(16).toLowerCase(), remote_address: '192.0.2.1' },
    actors: actor ? [reference(actor)] : null,
    method: {
      type,
      truncated_token: type === 'api_token' ? `*${random.signs(4).toLowerCase()}` : null,
      description: null,
    },
    root_resource: reference(thing),
    action,
    details: field ? { resource: reference(thing), fields, references: null } : null,
  };
}
