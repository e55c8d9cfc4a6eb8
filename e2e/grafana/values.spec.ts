import { expect } from '@grafana/plugin-e2e';
import type { APIRequestContext } from '@playwright/test';
import { collectAnswers, dashboards, targetsOf, type Variable } from './dashboards.ts';
import { nowhere, test } from './fixtures.ts';
import { noPanelFails } from './panels.ts';

test.skip(Boolean(nowhere), nowhere || '');
test.use({ viewport: { width: 1280, height: 3200 } });

/** Variables that take one value, of which each is opened. */
for (const dashboard of dashboards) {
  const { uid, title, templating } = dashboard;
  for (const variable of templating.list.filter(({ name }) => name === 'budget' || name === 'period')) {
    test(`${title} opens with each value of ${variable.name}`, async ({ page, request }) => {
      test.setTimeout(240_000);
      const values = await valuesOf(variable, request);
      expect(values.length).toBeGreaterThan(2);
      for (const value of values) {
        await page.goto('about:blank');
        const answers = collectAnswers(page);
        await page.goto(`/d/${uid}?kiosk&var-${variable.name}=${encodeURIComponent(value)}`);
        await expect
          .poll(() => answers.length, { timeout: 40_000 })
          .toBeGreaterThanOrEqual(targetsOf(dashboard));
        for (const { error, query } of answers) expect(error, JSON.stringify(query)).toBeUndefined();
        await expect(page.getByRole('heading', { name: new RegExp(`\\b${value}$`) }).first()).toBeVisible();
        await noPanelFails(page);
      }
    });
  }
}

async function valuesOf({ name, query }: Variable, request: APIRequestContext): Promise<string[]> {
  if (typeof query === 'string') return query.split(',').map((pair) => pair.split(':').at(-1)?.trim() ?? '');
  const address = `/api/datasources/uid/pagebudget/resources/values?dimension=${name}&search=`;
  const { values } = await (await request.get(address)).json();
  return values.map((value: { name: string }) => value.name);
}
