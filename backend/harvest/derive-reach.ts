import type { FileSettings } from '../config.ts';
import { name, type Statement, sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';

/** Rows of the directory that facts depend on. */
export interface TouchedDirectory {
  /** People whose zones or teams became known or changed; a new zone holds from when it was seen, so earlier facts stay. */
  users?: Iterable<string>;
  /** Services that are new or whose name changed. */
  services?: Iterable<string>;
  /** True where a priority is new or its name changed. */
  priorities?: boolean;
}

/** The incidents whose facts the touched rows of the directory can influence. */
export async function incidentsReached(
  writer: Writer,
  touched: TouchedDirectory,
  settings: FileSettings,
): Promise<string[]> {
  const users = [...(touched.users ?? [])];
  const services = namesServices(settings) ? [...(touched.services ?? [])] : [];
  const reads: Statement[] = [];
  if (users.length > 0) reads.push(notified(await writer.keys(users)));
  if (services.length > 0) reads.push(ofServices(await writer.keys(services)));
  if (touched.priorities) reads.push(reprioritised());
  const answers: { id: string }[][] = [];
  for (const read of reads) answers.push(await writer.read<{ id: string }>(read));
  return answers.flat().map(({ id }) => id);
}

/** True where a rule looks at a service's name. */
function namesServices({ services, categories }: FileSettings): boolean {
  return Object.keys(services).length > 0 || categories.some((rule) => rule.service !== undefined);
}

function notified(users: Statement): Statement {
  return sql`SELECT DISTINCT "e"."incident_id" AS "id" FROM ${name('log_entry')} AS "e" JOIN ${users} AS "k" ON "k"."id" = "e"."user_id"`;
}

function ofServices(services: Statement): Statement {
  return sql`SELECT "i"."id" FROM ${name('incident')} AS "i" JOIN ${services} AS "k" ON "k"."id" = "i"."service_id"`;
}

function reprioritised(): Statement {
  return sql`SELECT DISTINCT "incident_id" AS "id" FROM ${name('log_entry')} WHERE "old_priority" IS NOT NULL`;
}
