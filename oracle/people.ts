import type { Account, RawNamed, Reference } from './account.ts';
import { isZone } from './calendar.ts';

/** An id with the name shown for it. */
export interface Named {
  id: string;
  name: string;
}

/** A person with the IANA zone of their wall clock. */
export interface Person extends Named {
  zone: string;
}

/** Turns references into names as the directory has them now, and people into their zones. */
export interface Directory {
  service: (reference: Reference) => Named;
  team: (reference: Reference) => Named;
  escalationPolicy: (reference: Reference) => Named;
  schedule: (reference: Reference) => Named;
  priority: (reference: Reference) => Named;
  person: (reference: Reference) => Person;
}

function namesOf(rows: RawNamed[]): (reference: Reference) => Named {
  const names = new Map(rows.map((row) => [row.id, row.name ?? row.summary]));
  return ({ id, summary, name }) => ({ id, name: names.get(id) ?? name ?? summary ?? id });
}

/** The directory of an account; what is no longer listed keeps the name its references bear and the account's zone. */
export function directoryOf(account: Account): Directory {
  const zones = new Map(account.users.map((user) => [user.id, user.time_zone]));
  const named = namesOf(account.users);
  return {
    service: namesOf(account.services),
    team: namesOf(account.teams),
    escalationPolicy: namesOf(account.escalationPolicies),
    schedule: namesOf(account.schedules),
    priority: namesOf(account.priorities),
    person: (reference) => {
      const zone = zones.get(reference.id);
      return { ...named(reference), zone: zone && isZone(zone) ? zone : account.timeZone };
    },
  };
}
