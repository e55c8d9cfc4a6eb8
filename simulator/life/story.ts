import type { Model } from '../model/schema.ts';
import type { Organisation, Person, Thing } from '../organisation/things.ts';
import type { Random } from '../random.ts';
import { LONGEST_LIFE, USUAL_LIFE } from './course.ts';
import type { Channel, Incident, LogEntry, State, Step } from './incident.ts';
import type { Ground, Opening } from './openings.ts';

/** An incident while its life is written. */
export interface Story {
  organisation: Organisation;
  model: Model;
  random: Random;
  incident: Incident;
  /** Writes an entry; `time` is epoch ms and must be a whole second. */
  write(type: string, time: number, told: Told): LogEntry;
  /** Changes the incident without a log entry. */
  edit(time: number, change: Partial<State>): void;
}

/** What an entry tells beside its type and time. */
export interface Told {
  summary: string;
  agent?: Thing | null;
  channel: Channel;
  user?: Person;
  assignees?: Person[];
  fields?: Record<string, unknown>;
  change?: Partial<State>;
}

/** Begins to write the life of an incident, with ids for its entries. */
export function begin(
  { organisation, model }: Ground,
  random: Random,
  incident: Incident,
  idOf: (letter: string, length: number) => string,
): Story {
  return {
    organisation,
    model,
    random,
    incident,
    write(type, time, { agent = null, change = {}, ...told }) {
      const { service } = incident;
      const entry = { id: idOf('R', 26), type, time, incident, service, agent, change, ...told };
      incident.entries.push(entry);
      return entry;
    },
    edit: (time, change) => void incident.steps.push({ time, change }),
  };
}

/** Puts the entries in order of time; those of one second stay as they were written. */
export function settle({ incident }: Story, { course }: Opening): Incident {
  incident.entries.sort((a, b) => a.time - b.time);
  incident.steps = inOrder(incident);
  const length = (incident.steps.at(-1)?.time ?? incident.createdAt) - incident.createdAt;
  if (length > (course === 'usual' ? USUAL_LIFE : LONGEST_LIFE)) {
    throw new Error(`The ${course} life of incident ${incident.id} takes ${length} ms, which is too long.`);
  }
  return incident;
}

/** All steps in order of time, each entry with the service that the incident then belongs to. */
function inOrder({ entries, steps: edits, service }: Incident): Step[] {
  if (edits.length === 0 && !entries.some(({ change }) => change.service)) return entries;
  const steps = [...entries, ...edits].sort((a, b) => a.time - b.time);
  let current = service;
  for (const step of steps) {
    current = step.change.service ?? current;
    if ('id' in step) (step as LogEntry).service = current;
  }
  return steps;
}

/** The change of status that somebody or something brings about. */
export function statusChange(status: State['status'], time: number, by: Thing | null): Partial<State> {
  return { status, statusChangedAt: time, statusChangedBy: by };
}

/** The change that puts people in charge. */
export function assignment(people: readonly Person[], at: number): Partial<State> {
  return { assignments: people.map((person) => ({ at, person })) };
}

/** Names in a row, as summaries have them. */
export function namesOf(people: readonly Thing[]): string {
  return people.map(({ name }) => name).join(' and ');
}
