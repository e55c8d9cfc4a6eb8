import { expect, type Page } from '@playwright/test';
import { open, test } from './fixtures.ts';

const address = 'http://localhost:8686';

async function settings(page: Page) {
  return JSON.parse((await page.getByLabel('settings').textContent()) ?? '');
}

test('the configuration shows the stored address and takes another', async ({ page, stack }) => {
  await open(page, stack, 'config', { url: address });
  const url = page.getByLabel('Backend URL');
  await expect(url).toHaveValue(address);
  await url.fill('https://pagebudget.example.org');
  expect(await settings(page)).toMatchObject({ url: 'https://pagebudget.example.org' });
});

test('an address without http is marked with what would be right', async ({ page, stack }) => {
  await open(page, stack, 'config', { url: address });
  await page.getByLabel('Backend URL').fill('localhost:8686');
  await expect(page.getByRole('alert')).toHaveText('Begin the address with http:// or https://.');
  await page.getByLabel('Backend URL').fill('');
  await expect(page.getByRole('alert')).toHaveText('Enter the address of the Pagebudget backend.');
  await page.getByLabel('Backend URL').fill(address);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a token goes to the encrypted settings', async ({ page, stack }) => {
  await open(page, stack, 'config', { url: address });
  await page.getByLabel('Backend token').fill('s3cret');
  expect(await settings(page)).toMatchObject({ secureJsonData: { token: 's3cret' }, jsonData: {} });
});

test('a stored token is not shown and can be replaced', async ({ page, stack }) => {
  await open(page, stack, 'config', { url: address, token: 'stored' });
  const token = page.getByLabel('Backend token');
  await expect(token).toBeDisabled();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(token).toBeEnabled();
  await token.fill('another');
  expect(await settings(page)).toMatchObject({
    secureJsonData: { token: 'another' },
    secureJsonFields: { token: false },
  });
});

test('the health check tells how far the backend is', async ({ page, stack }) => {
  await open(page, stack, 'config', { url: address });
  await page.getByRole('button', { name: 'Save & test' }).click();
  await expect(page.getByLabel('health')).toContainText('success:');
  await expect(page.getByLabel('health')).toContainText('ready');
});

test('the health check of a backend that is down says what to do', async ({ page, stack }) => {
  await open(page, stack, 'config', { url: address, uid: 'down' });
  await page.getByRole('button', { name: 'Save & test' }).click();
  await expect(page.getByLabel('health')).toContainText('error:');
  await expect(page.getByLabel('health')).toContainText(stack.deadUrl);
});
