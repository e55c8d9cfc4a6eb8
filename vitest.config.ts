import { defineConfig } from 'vitest/config';
import { findPostgres } from './backend/store/testing/postgres-server.ts';

/** Suites that run on PostgreSQL as well as on DuckDB. */
const ON_BOTH_ENGINES = [
  'backend/store/store.contract.test.ts',
  'backend/store/views/views.test.ts',
  'backend/query/**/*.test.ts',
  'backend/harvest/derive*.test.ts',
  'backend/harvest/write.test.ts',
];
const POSTGRES_ALONE = ['backend/**/*.postgres.test.ts'];
const ON_POSTGRES = [...ON_BOTH_ENGINES, ...POSTGRES_ALONE];

/** Without PostgreSQL its suites are left out, but never in CI: there they fail. */
const withPostgres = Boolean(process.env.CI) || findPostgres() !== null;
if (!withPostgres) console.warn('Suites on PostgreSQL are left out: sh scripts/setup.sh test installs it.');

export default defineConfig({
  test: {
    // Many tests wait for a clock or another process: one more than the usual workers keep two cores busy.
    maxWorkers: 2,
    // Of the tests of one file that run side by side: each is a whole harvest, and the other worker's tests have clocks too.
    maxConcurrency: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Grafana's packages are written for bundlers: Node's own loader does not understand their imports.
    server: { deps: { inline: [/@grafana\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{backend,bench,simulator,oracle,proof,scripts,src}/**/*.test.ts'],
          exclude: ['backend/layers.test.ts', ...POSTGRES_ALONE],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          environment: 'node',
          include: withPostgres ? ON_POSTGRES : [],
          globalSetup: 'backend/store/testing/postgres.setup.ts',
        },
      },
      { extends: true, test: { name: 'layers', environment: 'node', include: ['backend/layers.test.ts'] } },
    ],
  },
});
