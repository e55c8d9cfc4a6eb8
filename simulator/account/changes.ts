import { isGone, type Organisation, type Thing } from '../organisation/things.ts';
import { randomFor } from '../random.ts';
import { HOUR } from '../time.ts';
import type { Land } from './census.ts';

/** A change of the organisation, epoch ms. */
interface Change {
  time: number;
  apply(): void;
}

/** What services are called after a renaming. */
const ENDINGS = ['-v2', '-next', '-core', '-edge'] as const;

/** Lets an organisation change as time passes: what ends is deleted, and in a live account services are renamed and people given another zone. */
export function makeChanges(land: Land): (now: number) => void {
  const { organisation, liveSince } = land;
  const ending = everything(organisation).filter(({ goneAt }) => goneAt !== undefined);
  let waiting: Change[] = [];
  let hour = Math.floor(liveSince / HOUR);
  return (now) => {
    for (const thing of ending) thing.deleted = isGone(thing, now);
    for (; hour * HOUR <= now; hour += 1) waiting.push(...changesOf(land, hour));
    const due = waiting.filter(({ time }) => time <= now).sort((a, b) => a.time - b.time);
    waiting = waiting.filter(({ time }) => time > now);
    for (const { apply } of due) apply();
  };
}

function everything({ people, teams, services, policies, schedules }: Organisation): Thing[] {
  return [...people, ...teams, ...services, ...policies, ...schedules];
}

/** The changes of one hour of a live account; they follow from seed and hour. */
function changesOf({ organisation, model, seed, liveSince }: Land, hour: number): Change[] {
  const { services, people } = organisation;
  const { renames_per_hour: renames, relocations_per_hour: relocations } = model.live;
  const random = randomFor(seed, 'changes', hour);
  const zones = model.teams.flatMap((team) => team.zones);
  const time = () => Math.floor((hour + random.next()) * HOUR);
  const renamed = services.length === 0 ? 0 : random.poisson(renames);
  const relocated = zones.length === 0 ? 0 : random.poisson(relocations);
  const changes = [
    ...Array.from({ length: renamed }, (): Change => {
      const service = random.pick(services);
      const name = service.slug + random.pick(ENDINGS);
      return { time: time(), apply: () => Object.assign(service, { name }) };
    }),
    ...Array.from({ length: relocated }, (): Change => {
      const person = random.pick(people);
      const zone = random.pick(zones);
      return { time: time(), apply: () => Object.assign(person, { zone }) };
    }),
  ];
  return changes.filter((change) => change.time > liveSince);
}
