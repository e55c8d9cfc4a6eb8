import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

/** Starts one PostgreSQL server for all suites of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgres', server.url);
  project.provide('postgresSuperuser', server.superuserUrl);
  return () => server.stop();
}
