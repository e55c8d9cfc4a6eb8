import { expect } from '@grafana/plugin-e2e';
import type { APIRequestContext } from '@playwright/test';
import { startBackend } from '../account.ts';
import { exploreUrl, nowhere, test } from './fixtures.ts';

test.skip(Boolean(nowhere), nowhere || '');

const pages = { queryType: 'metric', metric: 'pages', bucket: 'day' };

test('an unknown metric shows what the backend says of it', async ({ page }) => {
  await page.goto(exploreUrl('pagebudget', { ...pages, metric: 'pagez' }));
  await expect(page.getByText(/metric "pagez" is unknown; did you mean pages/).first()).toBeVisible();
});

test('a backend that is down shows where it was looked for and what to do', async ({ page, request }) => {
  const remove = await addDataSource(request, 'pagebudget-down', 'http://127.0.0.1:9', '');
  const health = await (await request.get('/api/datasources/uid/pagebudget-down/health')).json();
  expect(health.message).toContain('http://127.0.0.1:9');
  await page.goto(exploreUrl('pagebudget-down', pages));
  await expect(page.getByText(/127\.0\.0\.1:9/).first()).toBeVisible();
  await remove();
});

test('a missing PagerDuty key stands at the top of every dashboard, and panels are empty', async ({
  page,
  request,
}) => {
  const backend = await startBackend({ LOG_LEVEL: 'silent' });
  const remove = await addDataSource(request, 'pagebudget-keyless', backend.url, backend.token);
  await page.setViewportSize({ width: 1280, height: 2000 });
  await page.goto('/d/pagebudget-slo-burn?kiosk&var-datasource=pagebudget-keyless');
  await expect(page.getByText(/^PROBLEM: .*Set PAGERDUTY_TOKEN .* read-only API key/)).toBeVisible();
  await expect(page.getByText('No paged incident is known in this range')).toBeVisible();
  await expect(page.getByText('Not harvested for this range').first()).toBeVisible();
  await remove();
  await backend.stop();
});

/** Adds a data source of ours to Grafana, and gives back what takes it away again. */
async function addDataSource(request: APIRequestContext, uid: string, url: string, token: string) {
  const remove = () => request.delete(`/api/datasources/uid/${uid}`);
  await remove();
  const made = await request.post('/api/datasources', {
    data: {
      name: uid,
      uid,
      type: 'pagebudget-pagerduty-datasource',
      access: 'proxy',
      url,
      secureJsonData: { token },
    },
  });
  expect(made.ok()).toBe(true);
  return remove;
}
