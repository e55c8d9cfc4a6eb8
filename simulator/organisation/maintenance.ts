import { randomFor } from '../random.ts';
import { DAY, HOUR } from '../time.ts';
import type { Organisation, Person, Service, Team } from './things.ts';

/** A time, [start, end) in epoch ms, in which services should open no incidents. */
export interface MaintenanceWindow {
  id: string;
  number: number;
  description: string;
  start: number;
  end: number;
  createdBy: Person | null;
  services: Service[];
  team: Team;
}

const WEEK = 7 * DAY;
const EPOCH_MONDAY = 4 * DAY;
const SHARE = 0.1;
const WHY = ['Database upgrade', 'Certificate renewal', 'Moving to new nodes', 'Planned work'] as const;

/** The maintenance windows that begin before an instant, in order of their numbers; each week some of the teams have one. */
export function maintenanceOf({ teams, services, people }: Organisation, until: number): MaintenanceWindow[] {
  const since = Math.min(until, ...services.map(({ createdAt }) => createdAt));
  const first = Math.floor((since - EPOCH_MONDAY) / WEEK);
  const last = Math.floor((until - EPOCH_MONDAY) / WEEK);
  const weeks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const made = weeks.flatMap((week) =>
    teams.flatMap((team): Omit<MaintenanceWindow, 'number'>[] => {
      const random = randomFor('maintenance', team.id, week);
      if (!random.chance(SHARE)) return [];
      const start = EPOCH_MONDAY + week * WEEK + random.whole(0, 6) * DAY + random.whole(0, 23) * HOUR;
      const own = services.filter((service) => service.team === team);
      const members = people.filter((person) => person.teams.includes(team));
      return [
        {
          id: random.id('P', 7),
          description: random.pick(WHY),
          start,
          end: start + random.whole(1, 6) * HOUR,
          createdBy: members.length > 0 ? random.pick(members) : null,
          services: own.slice(0, random.whole(1, 2)),
          team,
        },
      ];
    }),
  );
  return made
    .filter(({ start }) => start >= since && start < until)
    .sort((a, b) => a.start - b.start)
    .map((window, index) => ({ ...window, number: index + 1 }));
}
