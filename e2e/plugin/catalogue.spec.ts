import { expect } from '@playwright/test';
import type { Catalogue } from '../../backend/contract.ts';
import { choose, open, openQuery, savedQuery, sentBy, test } from './fixtures.ts';

test('every query type of the catalogue draws its example with all its inputs', async ({
  page,
  stack,
  request,
}) => {
  test.setTimeout(180_000);
  const answer = await request.get(`${stack.url}/api/datasources/uid/pagebudget/resources/catalogue`);
  const { queryTypes } = (await answer.json()) as Catalogue;
  expect(queryTypes.length).toBeGreaterThan(0);
  for (const { name, title, example, fields } of queryTypes) {
    await openQuery(page, stack, { queryType: queryTypes.find((type) => type.name !== name)?.name });
    const sent = await sentBy(page, () => choose(page, 'Query type', title));
    expect(sent).toMatchObject({ ...example, queryType: name });
    expect(await savedQuery(page)).toMatchObject({ ...example, queryType: name });
    await expect(page.getByLabel('answer').getByRole('table').first(), title).toBeVisible();
    await expect(page.getByLabel('answer').getByRole('alert'), title).toHaveCount(0);
    for (const field of fields.filter(({ type }) => type !== 'stat')) {
      await expect(
        page.getByText(field.title, { exact: true }).first(),
        `${title}: ${field.title}`,
      ).toBeVisible();
    }
  }
});

test('a dashboard variable offers the teams of the account', async ({ page, stack }) => {
  await open(page, stack, 'variable');
  await choose(page, 'Values of', 'Team');
  await expect(page.getByLabel('options').getByRole('listitem').first()).not.toBeEmpty();
});

test('a dashboard variable offers only what occurs with the values of another', async ({ page, stack }) => {
  await open(page, stack, 'variable', { 'var-team': 'Payments' });
  await choose(page, 'Values of', 'Service');
  const options = page.getByLabel('options').getByRole('listitem');
  await expect(options.first()).not.toBeEmpty();
  const all = await options.count();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Filter 1 dimension', 'Team');
  const values = page.getByRole('combobox', { name: 'Filter 1 values', exact: true });
  await values.fill('$team');
  await page.getByRole('option', { name: /^\$team/ }).click();
  await expect.poll(() => options.count()).toBeLessThan(all);
  expect(await options.count()).toBeGreaterThan(0);
});
