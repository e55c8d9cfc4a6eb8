import { compareText } from '../model/facts/entries.ts';
import { flappingOf, INFLUENCE } from '../model/facts/flapping.ts';
import { secondsOpen } from '../model/facts/response.ts';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';
import { type GroupedRead, readLinks, timesBy } from './derive-spans.ts';
import { amendFacts } from './derive-write.ts';
import { stretchesAround } from './stretches.ts';

type Incident = RowOf<'incident'>;
type Fact = RowOf<'incident_fact'>;
type Link = Pick<Fact, 'incident_id' | 'fingerprint' | 'created_at' | 'flapping'>;

const LINKS = {
  table: 'incident_fact',
  columns: ['incident_id', 'fingerprint', 'created_at', 'flapping'],
  group: 'fingerprint',
  time: 'created_at',
} as const satisfies GroupedRead;

/**
 * Decides which incidents flap after the facts of `incidents` changed from `old` to `fresh` (whose rows it completes in
 * place), and amends the stored facts of other incidents that the change can influence.
 */
export async function settleFlapping(
  writer: Writer,
  incidents: readonly Incident[],
  old: readonly Fact[],
  fresh: Fact[],
): Promise<void> {
  const mine = new Set([...old, ...fresh].map((fact) => fact.incident_id));
  const stretches = await stretchesAround<Link>(timesBy([...old, ...fresh], LINKS), {
    ...INFLUENCE,
    groupOf: (fact) => fact.fingerprint,
    timeOf: (fact) => fact.created_at,
    read: async (spans) => (await readLinks<Link>(writer, LINKS, spans, { mine, fresh })).sort(byCreation),
  });
  const openOf = await openTimes(
    writer,
    incidents,
    stretches.flatMap(({ rows }) => rows),
  );
  const amended = new Map<string, Partial<Fact>>();
  for (const { rows, core } of stretches) {
    const flaps = flappingOf(
      rows.map(({ incident_id, created_at }) => ({ created_at, open: openOf(incident_id) })),
    );
    for (const [i, fact] of rows.entries()) {
      const flapping = flaps[i] ?? false;
      const isCertain = fact.created_at >= core.from && fact.created_at <= core.until;
      if (!isCertain || fact.flapping === flapping) continue;
      fact.flapping = flapping;
      if (!mine.has(fact.incident_id)) amended.set(fact.incident_id, { flapping });
    }
  }
  await amendFacts(writer, 'incident_fact', 'incident_id', amended);
}

function byCreation(a: Link, b: Link): number {
  return a.created_at - b.created_at || compareText(a.incident_id, b.incident_id);
}

/** How long each incident of the chains was open, ms; endless while it is. */
async function openTimes(
  writer: Writer,
  incidents: readonly Incident[],
  chained: readonly Link[],
): Promise<(incident_id: string) => number> {
  const known = new Map(incidents.map((incident) => [incident.id, openTime(incident)]));
  const others = chained.map((fact) => fact.incident_id).filter((id) => !known.has(id));
  if (others.length > 0) {
    const keys = await writer.keys(others);
    const rows = await writer.read<Pick<Incident, 'id' | 'status' | 'created_at' | 'resolved_at'>>(
      sql`SELECT "i"."id", "i"."status", "i"."created_at", "i"."resolved_at" FROM "incident" AS "i" JOIN ${keys} AS "k" ON "k"."id" = "i"."id"`,
    );
    for (const row of rows) known.set(row.id, openTime(row));
  }
  return (id) => known.get(id) ?? Number.POSITIVE_INFINITY;
}

function openTime(incident: Pick<Incident, 'status' | 'created_at' | 'resolved_at'>): number {
  const seconds = secondsOpen(incident);
  return seconds === null ? Number.POSITIVE_INFINITY : seconds * 1000;
}
