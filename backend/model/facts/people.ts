import { type Person, zonesOf } from './person.ts';
import type { Named, Rules } from './rules.ts';

/** A zone that a person was seen in; a person's rows come by version. */
export interface SeenZone {
  user_id: string;
  time_zone: string | null;
  seen_at: number | null;
}

/** A team of a person. */
export interface TeamOfPerson extends Named {
  user_id: string;
}

/** People by id; somebody of whom nothing is known lives in the account's zone and hours. */
export function peopleFrom(
  zones: readonly SeenZone[],
  teams: readonly TeamOfPerson[],
  rules: Rules,
): (user: string) => Person {
  const zonesByUser = Map.groupBy(zones, (row) => row.user_id);
  const teamsByUser = Map.groupBy(teams, (row) => row.user_id);
  const people = new Map<string, Person>();
  return (user) => {
    const known = people.get(user);
    if (known) return known;
    const history = (zonesByUser.get(user) ?? []).map((row) => ({
      seen_at: row.seen_at,
      zone: rules.zoneNamed(row.time_zone),
    }));
    const person = {
      zones: zonesOf(history, rules.accountZone),
      hours: rules.hoursOf(teamsByUser.get(user) ?? []),
    };
    people.set(user, person);
    return person;
  };
}
