import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's PostgreSQL server is; null where PostgreSQL is not installed. */
    postgres: string | null;
  }
}

/** Starts one PostgreSQL server for the whole run; without PostgreSQL its tests are skipped, but never in CI. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!findPostgres()) {
    if (process.env.CI) throw new Error('PostgreSQL is not installed: in CI its tests may not be skipped.');
    console.warn(
      'PostgreSQL is not installed: its tests are skipped (sh scripts/setup.sh test installs it).',
    );
    project.provide('postgres', null);
    return undefined;
  }
  const server = await startPostgres();
  project.provide('postgres', server.url);
  return () => server.stop();
}
