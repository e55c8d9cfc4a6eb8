import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@grafana/plugin-e2e';
import type { Page } from '@playwright/test';
import { nowhere, test } from './fixtures.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Panel {
  id: number;
  title: string;
  type: string;
  description?: string;
  targets?: { refId: string }[];
}

interface Dashboard {
  uid: string;
  title: string;
  panels: Panel[];
}

interface Answer {
  results: Record<string, { error?: string; frames?: { data: { values: unknown[][] } }[] }>;
}

const dashboards = readdirSync(join(ROOT, 'dashboards'))
  .filter((file) => file.endsWith('.json'))
  .map((file): Dashboard => JSON.parse(readFileSync(join(ROOT, 'dashboards', file), 'utf8')));

test.skip(Boolean(nowhere), nowhere || '');
test.use({ viewport: { width: 1280, height: 2200 } });

for (const dashboard of dashboards) {
  for (const theme of ['dark', 'light']) {
    test(`${dashboard.title} shows data in every panel, ${theme}`, async ({ page }) => {
      const answers = collectAnswers(page);
      await page.goto(`/d/${dashboard.uid}?theme=${theme}&kiosk`);
      const queries = dashboard.panels.flatMap((panel) => panel.targets ?? []);
      await expect.poll(() => answers.length, { timeout: 40_000 }).toBeGreaterThanOrEqual(queries.length);
      for (const { error, rows, query } of answers) {
        expect(error, JSON.stringify(query)).toBeUndefined();
        expect(rows, JSON.stringify(query)).toBeGreaterThan(0);
      }
      await expect(page.getByTestId(/^data-testid panel content$/)).toHaveCount(dashboard.panels.length);
      await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
      await expect(page.getByText(/^No data$|Error:|Cannot visualize/)).toHaveCount(0);
      await expect(page.getByText(/SIMULATED DATA: .* nobody was paged/)).toBeVisible();
      await keepPicture(page, dashboard.uid, theme);
    });
  }

  test(`${dashboard.title} explains every panel`, () => {
    for (const panel of dashboard.panels) expect(panel.description, panel.title).toMatch(/\w{3,}.*\./);
  });
}

test('All teams restricts nothing, and one team is a filter', async ({ page }) => {
  const filtersAt = async (address: string) => {
    const sent = page.waitForRequest((request) => /"queryType":"noise"/.test(request.postData() ?? ''));
    await page.goto(address);
    return (await sent).postDataJSON().queries[0].filters;
  };
  expect(await filtersAt('/d/pagebudget-alert-noise?kiosk')).toEqual([]);
  expect(await filtersAt('/d/pagebudget-alert-noise?kiosk&var-team=PWKVNGW')).toEqual([
    { dimension: 'team', op: '=', values: ['PWKVNGW'] },
  ]);
});

test('a range without anything says so in every panel, without an error', async ({ page }) => {
  const lastCentury = 'from=0&to=86400000';
  await page.goto(`/d/pagebudget-alert-noise?kiosk&${lastCentury}`);
  await expect(page.getByText('No incident is known in this range')).toHaveCount(2);
  await expect(page.getByText('No interruption is known in this range')).toBeVisible();
  await page.goto(`/d/pagebudget-night-pages?kiosk&${lastCentury}`);
  await expect(page.getByText('No night that is over is known in this range')).toBeVisible();
  await expect(page.getByText(/TypeError/)).toHaveCount(0);
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
});

test('incidents link to PagerDuty, budgets to their burn-down, dashboards to each other', async ({
  page,
}) => {
  await page.goto('/d/pagebudget-alert-noise?kiosk');
  const incident = page.getByRole('gridcell').getByRole('link').first();
  await expect(incident).toHaveAttribute('href', /^https:\/\/simulated\.pagerduty\.com\/incidents\/\w+$/);
  await page.getByRole('link', { name: 'Budget burn' }).click();
  await page.getByRole('link', { name: 'search-pages' }).click();
  await expect(page.getByRole('heading', { name: 'Burn-down of search-pages' })).toBeVisible();
});

interface Collected {
  query: unknown;
  error: string | undefined;
  rows: number;
}

/** Every answer that the page gets from now on, one entry a query. */
function collectAnswers(page: Page): Collected[] {
  const collected: Collected[] = [];
  page.on('response', async (response) => {
    if (!response.url().includes('/api/ds/query')) return;
    const queries = response.request().postDataJSON().queries as { refId: string }[];
    const { results } = (await response.json().catch(() => ({ results: {} }))) as Answer;
    for (const query of queries) {
      const frames = results[query.refId]?.frames ?? [];
      const rows = frames.reduce((sum, frame) => sum + (frame.data.values[0]?.length ?? 0), 0);
      collected.push({ query, error: results[query.refId]?.error, rows });
    }
  });
  return collected;
}

/** With UPDATE_SCREENSHOTS set, writes the dark picture that the docs show. */
async function keepPicture(page: Page, uid: string, theme: string): Promise<void> {
  if (!process.env.UPDATE_SCREENSHOTS || theme !== 'dark') return;
  const panels = await page.locator('.react-grid-item').all();
  const boxes = await Promise.all(panels.map((panel) => panel.boundingBox()));
  const bottom = Math.max(...boxes.map((box) => (box ? box.y + box.height : 0)));
  await page.waitForTimeout(2000);
  const clip = { x: 0, y: 0, width: 1280, height: Math.ceil(bottom) + 16 };
  await page.screenshot({ path: join(ROOT, 'docs/images', `${uid}.png`), clip });
}
