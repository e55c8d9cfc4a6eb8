import { isZone } from '../config.ts';
import type { RowOf } from '../model/index.ts';
import { DIRECTORY, type DirectoryStream } from '../pagerduty/endpoints/index.ts';
import { addReading, emptyReading } from '../pagerduty/endpoints/reading.ts';
import { name, sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';
import type { Change } from './commit.ts';
import { type CoverageRow, inOne, strangeRows } from './coverage.ts';
import type { Crew } from './crew.ts';
import { type Directory, type Part, STREAMS } from './directory.ts';
import { type Memberships, writeMemberships } from './memberships.ts';
import { OWNER_STREAMS } from './reappeared.ts';
import { sweep } from './sweep.ts';
import { reconcileZones } from './zones.ts';

/** The change that brings the stored directory to the one read: new and changed rows, tombstones for what lists no longer have. */
export function directoryChange(crew: Crew, directory: Directory): Change {
  const at = crew.source.client.serverNow();
  const teamsHidden = directory.get('teams')?.hidden ?? new Set();
  const fed = fedWhenListed(crew, directory);
  return {
    reading: divided(directory).reading,
    notes: fed !== null ? { fedWhenListed: fed } : {},
    async directory(writer, hide) {
      const known = new Map(
        [...directory].map(([stream, part]) => [stream, { ...part, reading: hide(part.reading) }]),
      );
      const { reading, memberships, zones } = divided(known);
      const services = await renamed(writer, 'service', reading.rows.service ?? []);
      const priorities = (await renamed(writer, 'priority', reading.rows.priority ?? [])).length > 0;
      const remarks = await sweep(writer, known, {
        at,
        seenUntil: (streams) => seenUntil(crew, streams),
        hadRows: (stream) => hadRows(crew, stream),
      });
      const zoned = await reconcileZones(writer, zones, at);
      const moved = await writeMemberships(writer, memberships, reading.rows, teamsHidden);
      const coverage = STREAMS.map((stream) =>
        coverageOf(crew, stream, known.get(stream), {
          remark: remarks.get(stream) ?? null,
          lacks: lackOf(stream, known),
        }),
      );
      return { touched: { users: [...zoned, ...moved], services, priorities }, coverage };
    },
  };
}

/** The feed's watermark when the reading began of all lists whose things hide others; null where one did not answer that ever had any. */
function fedWhenListed(crew: Crew, directory: Directory): number | null {
  const streams = OWNER_STREAMS.filter((stream) => directory.has(stream) || hadRows(crew, stream));
  const times = streams.flatMap((stream) => directory.get(stream)?.fedUntil ?? []);
  return times.length > 0 && times.length === streams.length ? Math.min(...times) : null;
}

function hadRows({ ledger }: Crew, stream: DirectoryStream): boolean {
  return (ledger.coverage.get(stream)?.rows ?? 0) > 0;
}

/** What was read before then, and is from before then, lacks nothing of what these streams listed when they were last read. */
function seenUntil({ ledger }: Crew, streams: readonly DirectoryStream[]): number {
  const readings = streams.map((stream) => ledger.coverage.get(stream)?.to ?? Number.POSITIVE_INFINITY);
  return Math.min(...readings, ledger.fedWhenListed ?? ledger.firstStart ?? Number.POSITIVE_INFINITY);
}

/** What is written as it was read, beside memberships and zones, which are compared with those stored. */
function divided(directory: Directory) {
  const reading = emptyReading();
  const memberships: Memberships = {};
  for (const part of directory.values()) {
    const { user_zone, team_member, service_team, policy_team, maintenance_window_service, ...rows } =
      part.reading.rows;
    Object.assign(memberships, {
      ...(team_member && { team_member }),
      ...(service_team && { service_team }),
      ...(policy_team && { policy_team }),
      ...(maintenance_window_service && { maintenance_window_service }),
    });
    addReading(reading, { ...part.reading, rows });
  }
  return { reading, memberships, zones: directory.get('users')?.reading.rows.user_zone ?? [] };
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

/** What a stream lacks although its list was read: both streams of schedules say so, as answers do not tell their kinds apart. */
function lackOf(stream: DirectoryStream, directory: Directory): string | null {
  const isOfSchedules = stream === 'schedules' || stream === 'schedules_v3';
  return isOfSchedules ? (directory.get('schedules_v3')?.lacks ?? null) : null;
}

function coverageOf(
  crew: Crew,
  stream: DirectoryStream,
  part: Part | undefined,
  { remark, lacks }: { remark: string | null; lacks: string | null },
): CoverageRow {
  const known = crew.ledger.coverage.get(stream);
  if (!part || part.absent) {
    const fault = crew.faults.ofStream(stream);
    const { from = null, to = null, rows = 0 } = known ?? {};
    const state = part ? 'disabled' : (fault?.state ?? 'error');
    return { stream, from, to, rows, state, reason: part?.absent ?? fault?.reason ?? null };
  }
  const { rows: told } = part.reading;
  const remarks = [
    lacks,
    remark,
    stream === 'users' ? strangeZones(told.user_zone ?? []) : null,
    part.hidden.size > 0
      ? `The members of ${part.hidden.size} may not be read: those known before are kept.`
      : null,
    strangeRows(told.strange_row?.length ?? 0),
  ];
  const rows = (told[DIRECTORY[stream].table] ?? []).length;
  return {
    stream,
    from: known?.from ?? part.asOf,
    to: part.asOf,
    rows,
    state: lacks === null ? 'complete' : 'error',
    reason: inOne(remarks),
  };
}

function strangeZones(zones: readonly RowOf<'user_zone'>[]): string | null {
  const strange = new Set(
    zones.flatMap((row) => (row.time_zone && !isZone(row.time_zone) ? [row.time_zone] : [])),
  );
  if (strange.size === 0) return null;
  return `Unknown time zones of people, for whom the account's zone is used: ${[...strange].sort().join(', ')}.`;
}
