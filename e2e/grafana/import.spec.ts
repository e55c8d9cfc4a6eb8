import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@grafana/plugin-e2e';
import { collectAnswers, dashboards, ROOT } from './dashboards.ts';
import { nowhere, test } from './fixtures.ts';

test.skip(Boolean(nowhere), nowhere || '');

const PLUGIN = 'pagebudget-pagerduty-datasource';
const files: { includes: { type: string; path: string }[] } = JSON.parse(
  readFileSync(join(ROOT, 'plugin.json'), 'utf8'),
);

test('the plugin offers every dashboard for import', async ({ request }) => {
  const offered = await (await request.get(`/api/plugins/${PLUGIN}/dashboards`)).json();
  const titles = offered.map(({ title }: { title: string }) => title);
  expect(titles.sort()).toEqual(dashboards.map(({ title }) => title).sort());
});

for (const { path } of files.includes.filter(({ type }) => type === 'dashboard')) {
  test(`${path} is imported as a person would, and draws`, async ({ page, request }) => {
    const dashboard = JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
    const uid = `${dashboard.uid}-imported`;
    const imported = { ...dashboard, uid, title: `${dashboard.title} (imported)`, id: null };
    const data = { dashboard: imported, overwrite: true, inputs: [], folderUid: '' };
    const answer = await request.post('/api/dashboards/import', { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    const answers = collectAnswers(page);
    await page.goto(`/d/${uid}?kiosk`);
    await expect(page.getByText(/SIMULATED DATA: .* nobody was paged/)).toBeVisible({ timeout: 40_000 });
    await expect.poll(() => answers.length).toBeGreaterThan(2);
    for (const { error, query } of answers) expect(error, JSON.stringify(query)).toBeUndefined();
    await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
    await request.delete(`/api/dashboards/uid/${uid}`);
  });
}
