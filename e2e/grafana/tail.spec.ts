import { expect } from '@grafana/plugin-e2e';
import { exploreUrl, nowhere, test } from './fixtures.ts';

test.skip(Boolean(nowhere), nowhere || '');

test('Explore shows log lines, and tails them', async ({ page }) => {
  await page.goto(exploreUrl('pagebudget', { queryType: 'log_entries', limit: 200 }));
  await expect(page.getByText(/^#\d+ .*: (notified|triggered|resolved|acknowledged)/).first()).toBeVisible();
  let asked = 0;
  page.on('request', (request) => {
    if (/"queryType":"log_entries"/.test(request.postData() ?? '')) asked += 1;
  });
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(2);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.getByText(/TypeError|Query error/)).toHaveCount(0);
});
