import { inOrder, type LogEntry } from '../model/facts/entries.ts';
import { incidentFacts } from '../model/facts/incident-facts.ts';
import { notificationFacts } from '../model/facts/notification-facts.ts';
import { type PageContext, pageFacts } from '../model/facts/page-facts.ts';
import { type PagedIncident, pagedIncident, unreadableIncident } from '../model/facts/paged-incident.ts';
import type { Rules } from '../model/facts/rules.ts';
import { stepFacts } from '../model/facts/step-facts.ts';
import type { RowOf } from '../model/index.ts';
import { type Statement, sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';
import { settleAwake } from './derive-awake.ts';
import { settleBursts } from './derive-bursts.ts';
import { settleFlapping } from './derive-flapping.ts';
import { peopleOf } from './derive-people.ts';
import { readOf } from './derive-read.ts';
import { replaceFacts } from './derive-write.ts';

type Incident = RowOf<'incident'>;

/** Incidents of one go; bounds what is held in memory. */
const AT_ONCE = 1000;

/**
 * Derives pages and incident facts of the incidents, and the chains of pages and of alike incidents that these are in.
 * What is stored was made under `rules`, unless `renew` says that it may come from others.
 */
export async function deriveIncidents(
  writer: Writer,
  incidents: Iterable<string>,
  rules: Rules,
  { renew = false } = {},
): Promise<void> {
  const ids = [...new Set(incidents)];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    await deriveSome(writer, ids.slice(i, i + AT_ONCE), rules, renew);
  }
}

async function deriveSome(
  writer: Writer,
  ids: readonly string[],
  rules: Rules,
  renew: boolean,
): Promise<void> {
  const keys = await writer.keys(ids);
  const incidents: Incident[] = await readOf(writer, 'incident', 'id', keys);
  const entries = await entriesByIncident(writer, keys);
  const of = (id: string) => entries.get(id) ?? [];

  const serviceName = await serviceNames(writer);
  const derived = incidents.map((incident) => {
    const { id, service_id } = incident;
    return { incident, fact: incidentFacts(incident, serviceName(service_id), of(id), rules) };
  });
  const facts = derived.map(({ fact }) => fact);
  const oldFacts = await readOf(writer, 'incident_fact', 'incident_id', keys);
  await settleFlapping(writer, incidents, oldFacts, facts);

  const steps = derived.flatMap(({ incident, fact }) => stepFacts(incident, fact, of(incident.id)));
  await replaceFacts(writer, 'step', 'id', await readOf(writer, 'step', 'incident_id', keys), steps);

  const read = derived.map(({ incident, fact }) => pagedIncident(incident, fact));
  const paged = [...read, ...(await unreadableAmong(writer, ids, read))];
  const oldPages = await readOf(writer, 'page', 'incident_id', keys);
  const context = await contextOf(writer, [...entries.values(), oldPages].flat(), rules);
  const pages = paged.flatMap((one) => pageFacts(one, of(one.id), context));
  await settleBursts(writer, ids, { old: oldPages, fresh: pages, renew }, rules.burstWindow);
  await settleAwake(writer, ids, { old: oldPages, fresh: pages }, context);
  await replaceFacts(writer, 'page', 'id', oldPages, pages);

  const woke = new Set(pages.filter((page) => page.hour_class === 'sleep').map((page) => page.incident_id));
  for (const fact of facts) fact.woke = woke.has(fact.incident_id);
  await replaceFacts(writer, 'incident_fact', 'incident_id', oldFacts, facts);

  const notifications = paged.flatMap((one) => notificationFacts(one, of(one.id), context));
  const oldNotifications = await readOf(writer, 'notification', 'incident_id', keys);
  await replaceFacts(writer, 'notification', 'id', oldNotifications, notifications);
}

/** Those of the incidents that are not among the ones that were read. */
async function unreadableAmong(
  writer: Writer,
  ids: readonly string[],
  read: readonly PagedIncident[],
): Promise<PagedIncident[]> {
  const known = new Set(read.map(({ id }) => id));
  const others = ids.filter((id) => !known.has(id));
  if (others.length === 0) return [];
  const rows = await writer.read<{ id: string; service_id: string | null }>(
    sql`SELECT "u"."incident_id" AS "id", "u"."service_id" FROM "unreadable_incident" AS "u" JOIN ${await writer.keys(others)} AS "k" ON "k"."id" = "u"."incident_id"`,
  );
  const services = new Map(rows.map(({ id, service_id }) => [id, service_id]));
  return others.map((id) => unreadableIncident(id, services.get(id) ?? null));
}

async function entriesByIncident(writer: Writer, keys: Statement): Promise<Map<string, LogEntry[]>> {
  const entries: LogEntry[] = await readOf(writer, 'log_entry', 'incident_id', keys);
  return Map.groupBy(inOrder(entries), (entry) => entry.incident_id);
}

async function contextOf(
  writer: Writer,
  rows: readonly { user_id: string | null }[],
  rules: Rules,
): Promise<PageContext> {
  const people = rows.flatMap(({ user_id }) => user_id ?? []);
  return {
    pageWindow: rules.pageWindow,
    personOf: await peopleOf(writer, people, rules),
    priorityOf: await priorityNames(writer),
  };
}

async function serviceNames(writer: Writer): Promise<(id: string | null) => string | null> {
  const rows = await writer.read<{ id: string; name: string }>(sql`SELECT "id", "name" FROM "service"`);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (names.get(id) ?? null));
}

/** Ids of priorities for what a priority change tells: an id stays, a name becomes its id, anything else stays. */
async function priorityNames(writer: Writer): Promise<(text: string) => string> {
  const priorities = await writer.read<{ id: string; name: string }>(
    sql`SELECT "id", "name" FROM "priority" ORDER BY "listed", "id"`,
  );
  const ids = new Set(priorities.map(({ id }) => id));
  const byName = new Map(priorities.map(({ id, name }) => [name, id]));
  return (text) => (ids.has(text) ? text : (byName.get(text) ?? text));
}
