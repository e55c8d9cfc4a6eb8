import { expect } from '@grafana/plugin-e2e';
import { exploreUrl, nowhere, test } from './fixtures.ts';

test.skip(Boolean(nowhere), nowhere || '');

test('the health check names the account and how far it is harvested', async ({ request }) => {
  const response = await request.get('/api/datasources/uid/pagebudget/health');
  expect(response.ok()).toBe(true);
  expect((await response.json()).message).toMatch(/Pagebudget .*simulated.*harvested until: \d{4}-/);
});

test('Explore draws an answer and its table', async ({ page }) => {
  await page.goto(
    exploreUrl('pagebudget', { queryType: 'metric', metric: 'pages', by: ['team'], bucket: 'day' }),
  );
  await expect(page.getByText('Payments').first()).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Metric', exact: true })).toBeVisible();
});

test('the query carries the zone of the dashboard', async ({ page }) => {
  const sent = page.waitForRequest('**/api/ds/query**');
  await page.goto('/d/pagebudget-night-pages?timezone=Asia/Kathmandu&kiosk');
  expect((await sent).postDataJSON().queries[0].timeZone).toMatch(/^Asia\/Kat(h)?mandu$/);
});

test('an unknown metric shows what the backend says of it', async ({ page }) => {
  await page.goto(exploreUrl('pagebudget', { queryType: 'metric', metric: 'pagez', bucket: 'day' }));
  await expect(page.getByText(/metric "pagez" is unknown; did you mean pages/).first()).toBeVisible();
});

test('a backend that is down shows where it was looked for and what to do', async ({ page, request }) => {
  const uid = 'pagebudget-down';
  await request.delete(`/api/datasources/uid/${uid}`);
  const made = await request.post('/api/datasources', {
    data: {
      name: uid,
      uid,
      type: 'pagebudget-pagerduty-datasource',
      access: 'proxy',
      url: 'http://127.0.0.1:9',
    },
  });
  expect(made.ok()).toBe(true);
  const health = await (await request.get(`/api/datasources/uid/${uid}/health`)).json();
  expect(health.message).toContain('http://127.0.0.1:9');
  await page.goto(exploreUrl(uid, { queryType: 'metric', metric: 'pages', bucket: 'day' }));
  await expect(page.getByText(/127\.0\.0\.1:9/).first()).toBeVisible();
  await request.delete(`/api/datasources/uid/${uid}`);
});
