import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test("the relay, spoken to by the SDK's own client, hands on exactly what the backend answers", async ({
  stack,
}) => {
  test.setTimeout(180_000);
  const { stdout } = await promisify(execFile)(
    'go',
    ['test', '-trimpath', '-count=1', '-v', '-run', 'TestTheChain', './pkg/relay'],
    {
      cwd: join(import.meta.dirname, '../..'),
      env: {
        ...process.env,
        CGO_ENABLED: '0',
        PAGEBUDGET_TEST_URL: stack.backend.url,
        PAGEBUDGET_TEST_TOKEN: stack.backend.token,
        PAGEBUDGET_TEST_TO: stack.to,
      },
    },
  );
  expect(stdout).toMatch(/--- PASS: TestTheChain/);
});
