import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@grafana/plugin-e2e';
import type { Page } from '@playwright/test';
import { choicesOf } from './choices.ts';
import { collectAnswers, dashboards, ROOT, targetsOf, type Variable } from './dashboards.ts';
import { mayBeEmpty } from './emptiness.ts';
import { nowhere, SIZE, test } from './fixtures.ts';
import { noPanelFails } from './panels.ts';

test.skip(Boolean(nowhere), nowhere || '');
test.use({ viewport: { width: 1280, height: 3200 } });

/** True for the account of which it is known that it has something to show in every panel. */
const KNOWN = SIZE === 'small';

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
        if (KNOWN || !mayBeEmpty(query)) expect(rows, JSON.stringify(query)).toBeGreaterThan(0);
      }
      await expect(page.getByTestId(/^data-testid panel content$/)).toHaveCount(dashboard.panels.length);
      await noPanelFails(page);
      for (const { title } of dashboard.panels.filter(({ type }) => KNOWN && type === 'table')) {
        const panel = page.locator(`[data-testid^="data-testid Panel header ${title.split('$')[0]}"]`);
        expect(await panel.getByRole('gridcell').count(), title).toBeGreaterThan(0);
      }
      await expect(page.getByText(/SIMULATED DATA: .* nobody was paged/)).toBeVisible();
      await keepPicture(page, dashboard.uid, theme);
    });

    const variables = dashboard.templating.list.filter(({ multi }) => multi);
    for (const count of variables.length > 0 ? [1, 3] : []) {
      const how = count === 1 ? 'one value' : 'several values';
      test(`${dashboard.title} takes ${how} in every variable, ${theme}`, async ({ page, request }) => {
        const choices = await choicesOf(request, count);
        const valuesOf = ({ query }: Variable) => choices[(query as { dimension: string }).dimension] ?? [];
        const chosen = variables.flatMap((variable) =>
          valuesOf(variable).map((value) => `var-${variable.name}=${encodeURIComponent(value)}`),
        );
        const answers = collectAnswers(page);
        await page.goto(`/d/${dashboard.uid}?theme=${theme}&kiosk&${chosen.join('&')}`);
        await expect
          .poll(() => answers.length, { timeout: 40_000 })
          .toBeGreaterThanOrEqual(targetsOf(dashboard));
        for (const { error, rows, query } of answers) {
          expect(error, JSON.stringify(query)).toBeUndefined();
          if (!mayBeEmpty(query)) expect(rows, JSON.stringify(query)).toBeGreaterThan(0);
        }
        for (const variable of variables) {
          expect(narrowed(answers, valuesOf(variable)), `some panel with data follows ${variable.name}`).toBe(
            true,
          );
        }
        await noPanelFails(page);
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
    await page.goto('about:blank');
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
  await expect(page.getByText('No incident is known in this range')).toHaveCount(4);
  await expect(page.getByText('No interruption is known in this range').first()).toBeVisible();
  await page.goto(`/d/pagebudget-night-pages?kiosk&${lastCentury}`);
  await expect(page.getByText('No night that is over is known in this range').first()).toBeVisible();
  await expect(page.getByText(/TypeError/)).toHaveCount(0);
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
});

const PICTURES = join(ROOT, 'docs/images');

/** Whether a panel asked for exactly these values and got something. */
function narrowed(answers: ReturnType<typeof collectAnswers>, values: string[]): boolean {
  const wanted = JSON.stringify(values.toSorted());
  return answers.some(
    ({ query, rows }) =>
      rows > 0 && query.filters?.some((filter) => JSON.stringify(filter.values.toSorted()) === wanted),
  );
}

/** With UPDATE_SCREENSHOTS set, writes the dark picture that the docs show, of another size than small in a folder of its name, and those that the plugin ships; with UPDATE_SCREENSHOTS=both the light one too. */
async function keepPicture(page: Page, uid: string, theme: string): Promise<void> {
  const { UPDATE_SCREENSHOTS: wanted } = process.env;
  if (!wanted || (theme === 'light' && wanted !== 'both')) return;
  const folder = join(PICTURES, SIZE === 'small' ? '' : SIZE, theme === 'light' ? theme : '');
  const panels = await page.locator('.react-grid-item').all();
  const boxes = await Promise.all(panels.map((panel) => panel.boundingBox()));
  const bottom = Math.max(...boxes.map((box) => (box ? box.y + box.height : 0)));
  await page.waitForTimeout(2000);
  const clip = { x: 0, y: 0, width: 1280, height: Math.ceil(bottom) + 16 };
  const picture = await page.screenshot({ path: join(folder, `${uid}.png`), clip });
  const shipped = join(ROOT, 'src/img', `${uid}.png`);
  if (folder === PICTURES && existsSync(shipped)) writeFileSync(shipped, picture);
}
