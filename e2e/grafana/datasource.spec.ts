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

test('a panel is edited with the query editor', async ({ page }) => {
  await page.goto('/d/pagebudget-slo-burn?editPanel=5');
  const metric = page.getByRole('combobox', { name: 'Metric', exact: true });
  await expect(metric).toHaveValue('Paged incidents');
  const sent = page.waitForRequest((request) => /"metric":"pages"/.test(request.postData() ?? ''));
  await metric.click();
  await expect(page.getByRole('option').first(), 'opening empties the field').toBeVisible();
  await metric.fill('Pages');
  await page.getByRole('option', { name: /^Pages/ }).click();
  const { queries } = (await sent).postDataJSON();
  expect(queries[0]).toMatchObject({ metric: 'pages', by: ['team'], bucket: 'day' });
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
});

test('the query carries the zone of the dashboard', async ({ page }) => {
  const sent = page.waitForRequest('**/api/ds/query**');
  await page.goto('/d/pagebudget-night-pages?timezone=Asia/Kathmandu&kiosk');
  expect((await sent).postDataJSON().queries[0].timeZone).toMatch(/^Asia\/Kat(h)?mandu$/);
});
