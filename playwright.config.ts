import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium = process.env.CHROMIUM || '/usr/bin/chromium';

/** Browser tests: `plugin` mounts the built plugin on a page of its own, `grafana` drives a real Grafana. */
export default defineConfig({
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(existsSync(chromium) && { executablePath: chromium }),
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
  projects: [
    { name: 'plugin', testDir: 'e2e/plugin' },
    // A whole Grafana, its backend and a browser share what cores there are.
    { name: 'grafana', testDir: 'e2e/grafana', timeout: 120_000, expect: { timeout: 30_000 } },
  ],
});
