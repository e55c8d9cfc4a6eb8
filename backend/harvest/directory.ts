import { DIRECTORY, type DirectoryStream } from '../pagerduty/endpoints/index.ts';
import { addReading, emptyReading, type Reading } from '../pagerduty/endpoints/reading.ts';
import { teamMembers } from '../pagerduty/endpoints/team-members.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import type { Crew } from './crew.ts';
import { isFatal } from './faults.ts';
import { fetchList } from './fetch.ts';
import { nameSchedules } from './schedule-names.ts';

/** The directory's streams in the order in which they are read. */
export const STREAMS = Object.keys(DIRECTORY) as DirectoryStream[];

/** What one stream of the directory told, whole. */
export interface Part {
  reading: Reading;
  /** PagerDuty's clock when its reading began. */
  asOf: number;
  /** The feed's watermark when its reading began; null before any. */
  fedUntil: number | null;
  /** Teams whose members may not be read. */
  hidden: ReadonlySet<string>;
  /** What may not be read singly, in words; null for nothing. */
  lacks: string | null;
  /** Why there is nothing of it, where PagerDuty has no such list for this account. */
  absent: string | null;
}

/** The directory as it was read: what there is of each stream that answered whole. */
export type Directory = ReadonlyMap<DirectoryStream, Part>;

/** Reads the whole directory; a stream that fails is noted as a fault and left out, the others go on. */
export async function fetchDirectory(crew: Crew): Promise<Directory> {
  const { source, faults, clock } = crew;
  const directory = new Map<DirectoryStream, Part>();
  for (const stream of STREAMS) {
    try {
      directory.set(stream, await fetchPart(crew, stream));
      faults.clear('directory', stream);
    } catch (error) {
      source.signal.throwIfAborted();
      if (isFatal(error)) throw error;
      faults.set('directory', stream, error, clock.now());
    }
  }
  return directory;
}

async function fetchPart(crew: Crew, stream: DirectoryStream): Promise<Part> {
  const asOf = crew.source.client.serverNow();
  const fedUntil = crew.ledger.watermark;
  const part = {
    reading: emptyReading(),
    asOf,
    fedUntil,
    hidden: new Set<string>(),
    lacks: null,
    absent: null,
  };
  const { endpoint, optional } = DIRECTORY[stream];
  try {
    addReading(part.reading, (await fetchList(crew.source, stream, endpoint)).reading);
  } catch (error) {
    if (!(optional && isUnknown(error))) throw error;
    return { ...part, absent: `PagerDuty has no ${endpoint.path} for this account (${error.status}).` };
  }
  if (stream === 'teams') await addMembers(crew, part.reading, part.hidden);
  return stream === 'schedules_v3' ? { ...part, lacks: await nameSchedules(crew, part.reading) } : part;
}

/** True for an answer that knows no such list. */
function isUnknown(error: unknown): error is PagerDutyError {
  return error instanceof PagerDutyError && (error.kind === 'missing' || error.kind === 'request');
}

/** Adds the members of all teams; a private or deleted team does not keep the others from being read. */
async function addMembers(crew: Crew, reading: Reading, hidden: Set<string>): Promise<void> {
  for (const team of reading.rows.team ?? []) {
    try {
      addReading(reading, (await fetchList(crew.source, 'teams', teamMembers(team.id))).reading);
    } catch (error) {
      const refused = error instanceof PagerDutyError && ['missing', 'permission'].includes(error.kind);
      if (!refused) throw error;
      hidden.add(team.id);
    }
  }
}
