import { expect } from '@grafana/plugin-e2e';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { exploreUrl, nowhere, test } from './fixtures.ts';

const UID = 'pagebudget-e2e-features';
const DATASOURCE = { type: 'pagebudget-pagerduty-datasource', uid: 'pagebudget' };

test.skip(Boolean(nowhere), nowhere || '');

test.beforeAll(async ({ request }) => saveDashboard(request));
test.afterAll(async ({ request }) => void (await request.delete(`/api/dashboards/uid/${UID}`)));

test('incidents are drawn as annotations over another panel', async ({ page }) => {
  const asked = answerTo(page, 'incidents');
  await page.goto(`/d/${UID}`);
  const { query, rows } = await asked;
  expect(query).toMatchObject({ filters: [{ dimension: 'urgency', op: '=', values: ['high'] }] });
  expect(rows).toBeGreaterThan(0);
  await expect.poll(() => page.getByTestId('data-testid annotation-marker').count()).toBeGreaterThan(0);
});

test('an ad hoc filter offers dimensions and values, and narrows every panel', async ({ page }) => {
  await page.goto(`/d/${UID}`);
  const filter = page.getByPlaceholder('Filter by label values');
  await filter.click();
  await page.getByRole('option', { name: 'Service', exact: true }).click();
  await page.getByRole('option', { name: /^= / }).click();
  const narrowed = page.waitForRequest((request) => /"dimension":"service"/.test(request.postData() ?? '{}'));
  await page.getByRole('option', { name: 'checkout-api' }).click();
  const { queries } = (await narrowed).postDataJSON();
  expect(queries[0].filters).toContainEqual({ dimension: 'service', op: '=', values: ['checkout-api'] });
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
});

test('Explore offers an example of each query type, and a click takes it', async ({ page }) => {
  await page.goto(exploreUrl('pagebudget', { queryType: 'coverage' }));
  await page.getByRole('button', { name: 'Show data source help' }).click();
  await expect(page.getByRole('heading', { name: 'What Pagebudget can answer' })).toBeVisible();
  const asked = answerTo(page, 'noise');
  await page.getByRole('button', { name: /^Alert noise/ }).click();
  await expect(page.getByRole('combobox', { name: 'Query type', exact: true })).toHaveValue('Alert noise');
  await page.getByTestId('data-testid RefreshPicker run button').click();
  expect((await asked).rows).toBeGreaterThan(0);
  await expect(page.getByRole('columnheader', { name: 'Interruptions' }).first()).toBeVisible();
});

test('an empty panel draws something useful in at most six clicks', async ({ page }) => {
  let clicks = 0;
  const click = async (locator: Locator) => {
    clicks += 1;
    await locator.click();
  };
  await page.goto('/dashboard/new');
  await click(page.getByRole('button', { name: 'Add visualization' }));
  await click(page.getByRole('button', { name: /Pagebudget/ }).first());
  const pages = answerTo(page, 'metric', '"metric":"pages"');
  const metric = page.getByRole('combobox', { name: 'Metric', exact: true });
  await click(metric);
  await expect(page.getByRole('option').first(), 'opening empties the field').toBeVisible();
  await metric.fill('Pages');
  await click(page.getByRole('option', { name: /^Pages/ }));
  expect((await pages).rows).toBeGreaterThan(0);
  expect(clicks).toBeLessThanOrEqual(6);
});

/** The next answer to a query of a type, with how many rows it had; one that the page no longer waits for has no body and is passed over. */
async function answerTo(page: Page, queryType: string, part = '') {
  let body: Answer | undefined;
  const response = await page.waitForResponse(async (answer) => {
    const asked = answer.request().postData() ?? '';
    const isIt = asked.includes(`"queryType":"${queryType}"`) && asked.includes(part);
    if (!isIt || !answer.url().includes('/api/ds/query')) return false;
    body = await answer.json().catch(() => undefined);
    return body !== undefined;
  });
  const [query] = response.request().postDataJSON().queries as { refId: string }[];
  const frame = body?.results[query?.refId ?? '']?.frames?.[0];
  return { query, rows: frame?.data.values[0]?.length ?? 0 };
}

/** What Grafana answers to queries. */
interface Answer {
  results: Record<string, { frames?: { data: { values: unknown[][] } }[] } | undefined>;
}

/** A dashboard with one panel, incidents as annotations, and a place for ad hoc filters. */
async function saveDashboard(request: APIRequestContext): Promise<void> {
  const high = [{ dimension: 'urgency', op: '=', values: ['high'] }];
  const response = await request.post('/api/dashboards/db', {
    data: {
      overwrite: true,
      dashboard: {
        uid: UID,
        title: 'Features under test',
        time: { from: 'now-14d', to: 'now' },
        annotations: {
          list: [
            {
              name: 'Incidents',
              enable: true,
              iconColor: 'red',
              datasource: DATASOURCE,
              target: { refId: 'Anno', queryType: 'incidents', filters: high },
            },
          ],
        },
        templating: { list: [{ name: 'adhoc', type: 'adhoc', datasource: DATASOURCE, filters: [] }] },
        panels: [
          {
            ...{ id: 1, type: 'timeseries', title: 'Pages', gridPos: { h: 10, w: 24, x: 0, y: 0 } },
            datasource: DATASOURCE,
            targets: [
              { refId: 'A', datasource: DATASOURCE, queryType: 'metric', metric: 'pages', bucket: 'day' },
            ],
          },
        ],
      },
    },
  });
  expect(response.ok(), await response.text()).toBe(true);
}
