import { maybe, of, person, seen, type Table } from './table.ts';

/** The one account whose data the store holds. */
export const account = {
  kind: 'harvest',
  key: ['id'],
  columns: { id: of('text'), name: of('text'), url: of('text'), simulated: of('boolean') },
} as const satisfies Table;

/** A span of one stream to be read, with the state of the work. */
export const harvest_window = {
  kind: 'harvest',
  key: ['stream', 'start', 'end'],
  columns: {
    stream: of('text'),
    start: of('time'),
    end: of('time'),
    /** waiting, done, split or failed. */
    state: of('text'),
    rows: of('whole'),
    reason: maybe('text'),
    done_at: seen(),
  },
} as const satisfies Table;

/** What the harvest knows of each stream: how far, in what state, and why not further. */
export const coverage = {
  kind: 'harvest',
  key: ['stream'],
  columns: {
    stream: of('text'),
    from: maybe('time'),
    to: maybe('time'),
    /** waiting, running, complete, error or disabled. */
    state: of('text'),
    rows: of('whole'),
    reason: maybe('text'),
  },
} as const satisfies Table;

/** A row of a stream that nothing could be made of, as it has no id or no time; what it holds is not kept. */
export const strange_row = {
  kind: 'harvest',
  key: ['stream', 'id'],
  columns: {
    stream: of('text'),
    /** Its own id, or a digest of it. */
    id: person(of('text')),
    seen_at: seen(),
  },
} as const satisfies Table;

/** A thing of the directory that lists had and no longer have; the second whole list without it makes it count as deleted. */
export const missing_thing = {
  kind: 'harvest',
  key: ['table', 'id'],
  columns: {
    table: of('text'),
    id: person(of('text')),
    /** What was read from then on, or is from then on, may lack what is its own. */
    lacking_from: seen(),
    /** When a whole list lacked it first; null while only empty ones did. */
    seen_at: seen(),
  },
} as const satisfies Table;

/** Named notes of the process to itself: watermark, rule set of the facts, schema version, key of the e-mail hash. */
export const note = {
  kind: 'harvest',
  key: ['name'],
  columns: { name: of('text'), value: of('text'), written_at: seen() },
} as const satisfies Table;

/** A person who was forgotten: nobody's name, e-mail or id is kept, but a hash by which they are known again. */
export const forgotten_person = {
  kind: 'harvest',
  key: ['id_hash'],
  columns: {
    /** Keyed hash of the id that PagerDuty gives. */
    id_hash: of('text'),
    /** What stands for the person, from 1. */
    number: of('whole'),
  },
} as const satisfies Table;
