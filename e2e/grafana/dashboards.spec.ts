import { join } from 'node:path';
import { expect } from '@grafana/plugin-e2e';
import type { APIRequestContext, Page } from '@playwright/test';
import { collectAnswers, type Dashboard, dashboards, ROOT, type Variable } from './dashboards.ts';
import { nowhere, test } from './fixtures.ts';

test.skip(Boolean(nowhere), nowhere || '');
test.use({ viewport: { width: 1280, height: 2700 } });

for (const dashboard of dashboards) {
  for (const theme of ['dark', 'light']) {
    test(`${dashboard.title} shows data in every panel, ${theme}`, async ({ page }) => {
      const answers = collectAnswers(page);
      await page.goto(`/d/${dashboard.uid}?theme=${theme}&kiosk`);
      await expect
        .poll(() => answers.length, { timeout: 40_000 })
        .toBeGreaterThanOrEqual(targetsOf(dashboard));
      for (const { error, rows, query } of answers) {
        expect(error, JSON.stringify(query)).toBeUndefined();
        expect(rows, JSON.stringify(query)).toBeGreaterThan(0);
      }
      await expect(page.getByTestId(/^data-testid panel content$/)).toHaveCount(dashboard.panels.length);
      await noPanelFails(page);
      for (const { title } of dashboard.panels.filter(({ type }) => type === 'table')) {
        const panel = page.locator(`[data-testid^="data-testid Panel header ${title.split('$')[0]}"]`);
        expect(await panel.getByRole('gridcell').count(), title).toBeGreaterThan(0);
      }
      await expect(page.getByText(/SIMULATED DATA: .* nobody was paged/)).toBeVisible();
      await keepPicture(page, dashboard.uid, theme);
    });

    const variables = dashboard.templating.list.filter(({ multi }) => multi);
    if (variables.length > 0) {
      test(`${dashboard.title} takes one value and several in each variable, ${theme}`, async ({
        page,
        request,
      }) => {
        test.setTimeout(180_000);
        for (const variable of variables) {
          for (const count of [1, 3]) {
            const values = await valuesOf(request, variable, count);
            const answers = collectAnswers(page);
            const chosen = values.map((value) => `var-${variable.name}=${encodeURIComponent(value)}`);
            await page.goto(`/d/${dashboard.uid}?theme=${theme}&kiosk&${chosen.join('&')}`);
            await expect.poll(() => narrowed(answers, values), { timeout: 40_000 }).toBe(true);
            await expect.poll(() => answers.length).toBeGreaterThanOrEqual(targetsOf(dashboard));
            for (const { error, query } of answers) expect(error, JSON.stringify(query)).toBeUndefined();
            await noPanelFails(page);
          }
        }
      });
    }
  }

  test(`${dashboard.title} gives every panel a unit, a description and words for when it is empty`, () => {
    for (const { title, description, fieldConfig } of dashboard.panels) {
      expect(description, title).toMatch(/\w{3,}.*\./);
      expect(fieldConfig.defaults.unit, title).toBeTruthy();
      expect(fieldConfig.defaults.noValue, title).toBeTruthy();
    }
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
  await expect(page.getByText('No incident is known in this range')).toHaveCount(3);
  await expect(page.getByText('No interruption is known in this range').first()).toBeVisible();
  await page.goto(`/d/pagebudget-night-pages?kiosk&${lastCentury}`);
  await expect(page.getByText('No night that is over is known in this range').first()).toBeVisible();
  await expect(page.getByText(/TypeError/)).toHaveCount(0);
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
});

const targetsOf = ({ panels }: Dashboard) => panels.flatMap(({ targets }) => targets ?? []).length;

/** Whether a panel asked for exactly these values. */
function narrowed(answers: ReturnType<typeof collectAnswers>, values: string[]): boolean {
  return answers.some(({ query }) =>
    query.filters?.some((filter) => JSON.stringify(filter.values) === JSON.stringify(values)),
  );
}

/** The first values that a variable's dimension has, as the variable offers them. */
async function valuesOf(request: APIRequestContext, { query }: Variable, count: number): Promise<string[]> {
  const { dimension } = query as { dimension: string };
  const answer = await request.get('/api/datasources/uid/pagebudget/resources/values', {
    params: { dimension },
  });
  const { values } = (await answer.json()) as { values: { name: string }[] };
  return [...Map.groupBy(values, ({ name }) => name)]
    .filter(([, alike]) => alike.length === 1)
    .map(([name]) => name)
    .slice(0, count);
}

async function noPanelFails(page: Page): Promise<void> {
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
  await expect(page.getByText(/^No data$|Error:|Cannot visualize|Data is missing/)).toHaveCount(0);
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
