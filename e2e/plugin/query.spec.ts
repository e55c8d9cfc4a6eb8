import { expect } from '@playwright/test';
import type { QueryResponse } from '../../backend/contract.ts';
import { choose, openQuery, savedQuery, sentBy, test } from './fixtures.ts';

test.use({ timezoneId: 'Australia/Lord_Howe' });

test('a new panel draws paged incidents by team and day', async ({ page, stack }) => {
  await openQuery(page, stack);
  expect(await savedQuery(page)).toMatchObject({ metric: 'paged_incidents', by: ['team'], bucket: 'auto' });
  await expect(page.getByLabel('answer').getByRole('table').first().getByRole('cell').nth(1)).toHaveText(
    /^\d+$/,
  );
});

for (const [setting, zone] of Object.entries({
  browser: 'Australia/Lord_Howe',
  utc: 'UTC',
  'America/St_Johns': 'America/St_Johns',
})) {
  test(`a dashboard in the zone ${setting} sends ${zone}`, async ({ page, stack }) => {
    const sent = await sentBy(page, () => openQuery(page, stack, undefined, { timezone: setting }));
    expect(sent.timeZone).toBe(zone);
    expect(await savedQuery(page)).not.toHaveProperty('timeZone');
  });
}

test('query type, metric, group by and a filter are chosen from what the backend offers', async ({
  page,
  stack,
}) => {
  await openQuery(page, stack, { queryType: 'incidents' });
  await choose(page, 'Query type', 'Metric');
  await choose(page, 'Metric', 'Interruptions');
  await choose(page, 'Group by', 'Hour class');
  await choose(page, 'Bucket', 'None');
  await choose(page, 'Format', 'Table');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Filter 1 dimension', 'Team');
  await page.getByRole('combobox', { name: 'Filter 1 values' }).click();
  const offered = page.getByRole('option').first();
  const team = (await offered.textContent()) ?? '';
  const sent = await sentBy(page, () => offered.click());
  expect(sent).toMatchObject({
    queryType: 'metric',
    metric: 'interruptions',
    by: ['team', 'hour_class'],
    filters: [{ dimension: 'team', op: '=', values: [team] }],
  });
  const cells = page.getByLabel('answer').locator('tbody tr td:first-child');
  await expect(cells.first()).toHaveText(team);
  expect(new Set(await cells.allInnerTexts())).toEqual(new Set([team]));
});

test('a new metric drops the group-bys that it lacks and marks its filters', async ({ page, stack }) => {
  const filters = [{ dimension: 'user', op: '=', values: ['Nobody'] }];
  await openQuery(page, stack, {
    queryType: 'metric',
    metric: 'interruptions',
    by: ['user', 'team'],
    filters,
  });
  await choose(page, 'Metric', 'Incidents');
  expect(await savedQuery(page)).toMatchObject({ metric: 'incidents', by: ['team'], filters });
  await expect(page.getByText('cannot be used here')).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter 1' }).click();
  expect(await savedQuery(page)).not.toHaveProperty('filters');
});

test('statistics are offered only for metrics that have them', async ({ page, stack }) => {
  await openQuery(page, stack, { queryType: 'metric', metric: 'time_to_acknowledge', bucket: 'none' });
  const sent = await sentBy(page, () => choose(page, 'Statistic', 'p90'));
  expect(sent.stat).toBe('p90');
  await choose(page, 'Metric', 'Incidents');
  await expect(page.getByRole('combobox', { name: 'Statistic' })).toHaveCount(0);
  expect(await savedQuery(page)).not.toHaveProperty('stat');
});

test('a dashboard variable with several values filters by each of them', async ({ page, stack }) => {
  const filters = [{ dimension: 'urgency', op: '=', values: ['$urgency'] }];
  const query = { queryType: 'metric', metric: 'incidents', bucket: 'none', filters };
  const sent = await sentBy(page, () => openQuery(page, stack, query, { 'var-urgency': ['high', 'low'] }));
  expect(sent.filters).toEqual([{ dimension: 'urgency', op: '=', values: ['high', 'low'] }]);
  expect(await savedQuery(page)).toMatchObject({ filters });
});

test('an unknown metric shows the words of the backend and stays in the query', async ({ page, stack }) => {
  await openQuery(page, stack, { queryType: 'metric', metric: 'interuptions' });
  await expect(page.getByLabel('answer').getByRole('alert')).toContainText('interruptions');
  await expect(page.getByText('The backend has no metric “interuptions”.')).toBeVisible();
  expect(await savedQuery(page)).toMatchObject({ metric: 'interuptions' });
});

test('an unknown dimension value shows the words of the backend', async ({ page, stack }) => {
  const filters = [{ dimension: 'team', op: '=', values: ['No such team'] }];
  await openQuery(page, stack, { queryType: 'metric', metric: 'incidents', filters });
  await expect(page.getByLabel('answer').getByRole('alert')).toContainText('No such team');
});

test('a backend that is down is named in editor and panel, and the query is kept', async ({
  page,
  stack,
}) => {
  const query = { queryType: 'metric', metric: 'pages', by: ['user'] };
  await openQuery(page, stack, query, { uid: 'down' });
  const editor = page.getByRole('alert').filter({ hasText: 'did not say what can be queried' });
  await expect(editor).toContainText(stack.deadUrl);
  await expect(editor).toContainText('The query stays as it is.');
  await expect(page.getByLabel('answer').getByRole('alert')).toContainText(stack.deadUrl);
  expect(await savedQuery(page)).toMatchObject(query);
  const again = page.waitForRequest('**/resources/catalogue');
  await page.getByRole('button', { name: 'Try again' }).click();
  await again;
});

test('the figures drawn are those that the backend answers', async ({ page, stack, request }) => {
  const query = {
    queryType: 'metric',
    metric: 'interruptions',
    by: ['team', 'hour_class'],
    bucket: 'none',
    format: 'table',
  };
  await openQuery(page, stack, query, { timezone: 'Asia/Kathmandu' });
  const { url, token } = stack.backend;
  const range = { from: new Date(stack.from).toISOString(), to: new Date(stack.to).toISOString() };
  const answer = await request.post(`${url}/query`, {
    headers: { authorization: `Bearer ${token}` },
    data: { queries: [{ ...query, refId: 'A', range, timeZone: 'Asia/Kathmandu' }] },
  });
  const [frame] = ((await answer.json()) as QueryResponse).results.A?.frames ?? [];
  const columns = frame?.data.values ?? [];
  const rows = columns[0]?.map((_, row) => columns.map((values) => String(values[row])));
  expect(rows?.length).toBeGreaterThan(1);
  const drawn = page.getByLabel('answer').locator('tbody tr');
  await expect(drawn).toHaveCount(rows?.length ?? 0);
  for (const [index, row] of (rows ?? []).entries())
    await expect(drawn.nth(index).getByRole('cell')).toHaveText(row);
});
