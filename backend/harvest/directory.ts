import { isZone } from '../config.ts';
import type { RowOf } from '../model/index.ts';
import { DIRECTORY, type DirectoryStream } from '../pagerduty/endpoints/index.ts';
import { addReading, emptyReading, type Reading } from '../pagerduty/endpoints/reading.ts';
import { teamMembers } from '../pagerduty/endpoints/team-members.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import { name, sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';
import type { Change } from './commit.ts';
import { type CoverageRow, inOne, strangeRows } from './coverage.ts';
import type { Crew } from './crew.ts';
import { isFatal } from './faults.ts';
import { fetchList } from './fetch.ts';
import { type Memberships, writeMemberships } from './memberships.ts';
import { among } from './write.ts';
import { reconcileZones } from './zones.ts';

const STREAMS = Object.keys(DIRECTORY) as DirectoryStream[];

/** The directory as it was read: what there is of each stream that answered whole. */
export type Directory = ReadonlyMap<DirectoryStream, Reading>;

/** Reads the whole directory; a stream that fails is noted as a fault and left out, the others go on. */
export async function fetchDirectory(crew: Crew): Promise<Directory> {
  const { source, faults, clock } = crew;
  const directory = new Map<DirectoryStream, Reading>();
  for (const stream of STREAMS) {
    try {
      const { reading } = await fetchList(source, stream, DIRECTORY[stream].endpoint);
      if (stream === 'teams') await addMembers(crew, reading);
      directory.set(stream, reading);
      faults.clear('directory', stream);
    } catch (error) {
      source.signal.throwIfAborted();
      if (isFatal(error)) throw error;
      faults.set('directory', stream, error, clock.now());
    }
  }
  return directory;
}

/** The change that brings the stored directory to the one read: new and changed rows, tombstones for what a list no longer has. */
export function directoryChange(crew: Crew, directory: Directory): Change {
  const at = crew.source.client.serverNow();
  const zones = directory.get('users')?.rows.user_zone ?? [];
  const reading = emptyReading();
  const memberships: Memberships = {};
  for (const part of directory.values()) {
    const { user_zone, team_member, service_team, policy_team, ...rows } = part.rows;
    Object.assign(memberships, {
      ...(team_member && { team_member }),
      ...(service_team && { service_team }),
      ...(policy_team && { policy_team }),
    });
    addReading(reading, { ...part, rows });
  }
  return {
    reading,
    coverage: STREAMS.map((stream) => coverageOf(crew, stream, directory.get(stream), at)),
    async directory(writer) {
      const services = await renamed(writer, 'service', reading.rows.service ?? []);
      const priorities = (await renamed(writer, 'priority', reading.rows.priority ?? [])).length > 0;
      for (const [stream, part] of directory) await sweep(writer, stream, part, at);
      const zoned = await reconcileZones(writer, zones, at);
      const moved = await writeMemberships(writer, memberships, reading.rows);
      return { users: [...zoned, ...moved], services, priorities };
    },
  };
}

async function addMembers(crew: Crew, reading: Reading): Promise<void> {
  for (const team of reading.rows.team ?? []) {
    try {
      addReading(reading, (await fetchList(crew.source, 'teams', teamMembers(team.id))).reading);
    } catch (error) {
      if (!(error instanceof PagerDutyError && error.kind === 'missing')) throw error;
    }
  }
}

/** Ids of rows that are new or have another name than the one stored. */
async function renamed(
  writer: Writer,
  table: 'service' | 'priority',
  rows: readonly { id: string; name: string }[],
): Promise<string[]> {
  const stored = await writer.read<{ id: string; name: string }>(
    sql`SELECT "id", "name" FROM ${name(table)}`,
  );
  const names = new Map(stored.map((row) => [row.id, row.name]));
  return rows.filter((row) => names.get(row.id) !== row.name).map((row) => row.id);
}

/** Marks what the list no longer has as deleted; an empty list, which a narrowed key gives as well, sweeps nothing. */
async function sweep(writer: Writer, stream: DirectoryStream, part: Reading, at: number): Promise<void> {
  const { table } = DIRECTORY[stream];
  const listed = (part.rows[table] ?? []).map((row) => row.id);
  if (listed.length === 0) return;
  const keys = await writer.keys(listed);
  const gone = await writer.read<RowOf<typeof table> & Row>(
    sql`SELECT * FROM ${name(table)} WHERE "listed" AND NOT ${among('id', keys)}`,
  );
  await writer.put(
    table,
    gone.map((row) => ({ ...row, listed: false, deleted_at: at })),
  );
}

function coverageOf(crew: Crew, stream: DirectoryStream, part: Reading | undefined, at: number): CoverageRow {
  const known = crew.ledger.coverage.get(stream);
  const fault = crew.faults.ofStream(stream);
  if (!part) {
    const { from = null, to = null, rows = 0 } = known ?? {};
    return { stream, from, to, rows, state: fault?.state ?? 'error', reason: fault?.reason ?? null };
  }
  const rows = (part.rows[DIRECTORY[stream].table] ?? []).length;
  const remarks = [
    stream === 'users' ? strangeZones(part.rows.user_zone ?? []) : null,
    strangeRows(part.rows.strange_row?.length ?? 0),
  ];
  return { stream, from: known?.from ?? at, to: at, rows, state: 'complete', reason: inOne(remarks) };
}

function strangeZones(zones: readonly RowOf<'user_zone'>[]): string | null {
  const strange = new Set(
    zones.flatMap((row) => (row.time_zone && !isZone(row.time_zone) ? [row.time_zone] : [])),
  );
  if (strange.size === 0) return null;
  return `Unknown time zones of people, for whom the account's zone is used: ${[...strange].sort().join(', ')}.`;
}
