import { isGone, type Organisation, type Thing } from '../organisation/things.ts';
import { randomFor } from '../random.ts';
import { HOUR } from '../time.ts';
import type { Land } from './census.ts';

/** What became of a thing of the organisation, and when, epoch ms. */
export interface Change {
  time: number;
  thing: Thing;
  action: 'create' | 'update' | 'delete';
  /** What an update changed; absent for others. */
  field?: { name: string; before: string | null; after: string | null };
}

/** The changes of an organisation as time passes. */
export interface Changes {
  /** Lets time pass up to an instant, epoch ms. */
  advance(now: number): void;
  /** All that were made by then, in order of time. */
  made(): readonly Change[];
}

/** A change that is yet to come. */
interface Coming {
  time: number;
  apply(): Change;
}

/** What services are called after a renaming. */
const ENDINGS = ['-v2', '-next', '-core', '-edge'] as const;

/** Lets an organisation change as time passes: what ends is deleted, and in a live account services are renamed and people given another zone. */
export function makeChanges(land: Land): Changes {
  const { organisation, liveSince } = land;
  const ending = everything(organisation).filter(({ goneAt }) => goneAt !== undefined);
  const updates: Change[] = [];
  let waiting: Coming[] = [];
  let hour = Math.floor(liveSince / HOUR);
  let reached = land.since;
  return {
    advance(now) {
      reached = now;
      for (const thing of ending) thing.deleted = isGone(thing, now);
      for (; hour * HOUR <= now; hour += 1) waiting.push(...changesOf(land, hour));
      const due = waiting.filter(({ time }) => time <= now).sort((a, b) => a.time - b.time);
      waiting = waiting.filter(({ time }) => time > now);
      updates.push(...due.map(({ apply }) => apply()));
    },
    made: () =>
      [...beginningsAndEnds(organisation), ...updates]
        .filter(({ time }) => time <= reached)
        .sort((a, b) => a.time - b.time),
  };
}

function beginningsAndEnds(organisation: Organisation): Change[] {
  return [
    ...organisation.services.map((thing): Change => ({ time: thing.createdAt, thing, action: 'create' })),
    ...everything(organisation).flatMap((thing): Change[] =>
      thing.goneAt === undefined ? [] : [{ time: thing.goneAt, thing, action: 'delete' }],
    ),
  ];
}

function everything({ people, teams, services, policies, schedules }: Organisation): Thing[] {
  return [...people, ...teams, ...services, ...policies, ...schedules];
}

/** The changes of one hour of a live account; they follow from seed and hour. */
function changesOf({ organisation, model, seed, liveSince }: Land, hour: number): Coming[] {
  const { services, people } = organisation;
  const { renames_per_hour: renames, relocations_per_hour: relocations } = model.live;
  const random = randomFor(seed, 'changes', hour);
  const zones = model.teams.flatMap((team) => team.zones);
  const time = () => Math.floor((hour + random.next()) * HOUR);
  const renamed = services.length === 0 ? 0 : random.poisson(renames);
  const relocated = zones.length === 0 ? 0 : random.poisson(relocations);
  const changes = [
    ...Array.from({ length: renamed }, (): Coming => {
      const service = random.pick(services);
      const name = service.slug + random.pick(ENDINGS);
      return update(time(), service, 'name', name);
    }),
    ...Array.from({ length: relocated }, (): Coming => {
      const person = random.pick(people);
      const zone = random.pick(zones);
      return update(time(), person, 'zone', zone);
    }),
  ];
  return changes.filter((change) => change.time > liveSince);
}

function update<T extends Thing, K extends keyof T & string>(
  time: number,
  thing: T,
  name: K,
  after: T[K] & (string | null),
): Coming {
  return {
    time,
    apply() {
      const before = thing[name] as string | null;
      thing[name] = after;
      return { time, thing, action: 'update', field: { name, before, after } };
    },
  };
}
