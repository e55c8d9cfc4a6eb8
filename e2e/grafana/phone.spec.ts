import { expect } from '@grafana/plugin-e2e';
import { collectAnswers, dashboards } from './dashboards.ts';
import { nowhere, test } from './fixtures.ts';
import { noPanelFails } from './panels.ts';

test.skip(Boolean(nowhere), nowhere || '');
test.use({ viewport: { width: 390, height: 844 } });

for (const { uid, title, panels } of dashboards) {
  test(`${title} fits the width of a phone`, async ({ page }) => {
    const answers = collectAnswers(page);
    await page.goto(`/d/${uid}?kiosk`);
    await expect(page.getByText(/SIMULATED DATA: .* nobody was paged/)).toBeVisible();
    const last = panels.toSorted((a, b) => b.gridPos.y - a.gridPos.y)[0]?.title.split('$')[0] ?? '';
    const header = page.locator(`[data-testid^="data-testid Panel header ${last}"]`).last();
    await expect(async () => {
      await page.evaluate('document.scrollingElement.scrollBy(0, 600)');
      await expect(header).toBeInViewport({ timeout: 300 });
    }).toPass({ timeout: 40_000, intervals: [100] });
    await expect(page.getByLabel('Panel loading bar')).toHaveCount(0);
    for (const { error, query } of answers) expect(error, JSON.stringify(query)).toBeUndefined();
    await noPanelFails(page);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width, 'nothing stands out sideways').toBeLessThanOrEqual(390);
  });
}
