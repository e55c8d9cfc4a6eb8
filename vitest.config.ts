import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{backend,simulator,oracle,proof,scripts,src}/**/*.test.ts'],
          exclude: ['backend/layers.test.ts'],
          globalSetup: 'backend/store/testing/postgres.setup.ts',
          // Grafana's packages are written for bundlers: Node's own loader does not understand their imports.
          server: { deps: { inline: [/@grafana\//] } },
        },
      },
      { extends: true, test: { name: 'layers', environment: 'node', include: ['backend/layers.test.ts'] } },
    ],
  },
});
