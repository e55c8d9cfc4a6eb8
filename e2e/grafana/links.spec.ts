import { expect } from '@grafana/plugin-e2e';
import type { Page } from '@playwright/test';
import { dashboards } from './dashboards.ts';
import { nowhere, test } from './fixtures.ts';

test.skip(Boolean(nowhere), nowhere || '');
test.use({ viewport: { width: 1280, height: 2600 } });

/** Kinds of links that a test of this run has followed; the same link stands on several dashboards. */
const followed = new Set<string>();

const titles = new Map(dashboards.map(({ uid, title }) => [uid, title]));

for (const { uid, title } of dashboards.filter(({ links }) => links.length > 0)) {
  test(`every link of ${title} leads where it says`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.goto(`/d/${uid}?kiosk`);
    await expect(page.getByText(/SIMULATED DATA: .* nobody was paged/)).toBeVisible();
    await expect(page.getByLabel('Panel loading bar')).toHaveCount(0);
    for (const href of await linksOf(page)) {
      expect(href, 'every part of the address is filled in').not.toMatch(
        /\$\{|%24%7B|undefined|(var-\w+|from|to)=(&|$)/,
      );
      const target = new URL(href, page.url()).pathname.split('/')[2] ?? '';
      await page.goto(href);
      await expect(page, href).toHaveTitle(new RegExp(`^${titles.get(target)}`));
      await expect(page.getByText(/SIMULATED DATA: .* nobody was paged/)).toBeVisible();
      await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
    }
  });
}

test('from a budget to an alert, its incidents, PagerDuty, and back', async ({ page }) => {
  await page.goto('/d/pagebudget-home?kiosk');
  await page.getByRole('gridcell').getByRole('link', { name: 'search-pages' }).click();
  await expect(page.getByRole('heading', { name: 'Burn-down of search-pages' })).toBeVisible();
  const spender = panel(page, 'What spends search-pages').getByRole('gridcell').getByRole('link').first();
  const alert = (await spender.textContent()) ?? '';
  await spender.click();
  await expect(page).toHaveURL(/pagebudget-alert-noise.*var-alert=/);
  await expect(panel(page, 'Noisiest alerts').getByRole('link', { name: alert })).toHaveCount(1);
  await expect(panel(page, 'Noisiest alerts').getByRole('row')).toHaveCount(2);
  await opensPagerDuty(page, 'Latest incidents');
  await page.getByRole('link', { name: 'Budget burn' }).click();
  await expect(page.getByRole('heading', { name: 'Burn-down of search-pages' })).toBeVisible();
});

test('from an SLO to the urgent alerts of its services in its window, PagerDuty, and back', async ({
  page,
}) => {
  await page.goto('/d/pagebudget-slo-burn?kiosk');
  await panel(page, 'SLOs').getByRole('link', { name: 'checkout' }).click();
  await expect(page).toHaveTitle(/^Alert noise/);
  await expect(page).toHaveURL(/var-service=P\w+&var-service=P\w+&var-urgency=high/);
  await opensPagerDuty(page, 'Latest incidents');
  const services = panel(page, 'Latest incidents').getByRole('gridcell', {
    name: /^(cart-store|order-events)$/,
  });
  await expect(services.first()).toBeVisible();
  await page.getByRole('link', { name: 'Budget burn' }).click();
  await expect(panel(page, 'SLOs').getByRole('link', { name: 'checkout' })).toBeVisible();
});

test('the week hands its range to where one looks back, and what is chosen to who is on call', async ({
  page,
}) => {
  const week = '/d/pagebudget-home?kiosk&from=now-14d&to=now&var-urgency=high';
  await page.goto(week);
  const sentences = panel(page, 'In words').getByRole('gridcell');
  await sentences.getByRole('link', { name: /interruptions of people/ }).click();
  await expect(page).toHaveURL(/pagebudget-alert-noise.*from=now-14d&to=now/);
  await page.goto(week);
  await sentences.getByRole('link', { name: /still open|is resolved/ }).click();
  await expect(page).toHaveURL(/pagebudget-on-call.*var-urgency=high/);
  await expect(page.getByRole('button', { name: /now-1d to now\+7d/ })).toBeVisible();
});

test('from a person to a page at night, PagerDuty, the alerts of its service, and back', async ({ page }) => {
  await page.goto('/d/pagebudget-night-pages?kiosk');
  const person = await follow(page, 'Pages at night', 'a[href*="var-user="]');
  await expect(page).toHaveURL(/pagebudget-night-pages.*var-user=/);
  await expect(panel(page, 'People').getByRole('gridcell').getByRole('link')).toHaveText([person]);
  await opensPagerDuty(page, 'Pages at night');
  await follow(page, 'Pages at night', 'a[href*="var-service="]');
  await expect(page).toHaveTitle(/^Alert noise/);
  await page.getByRole('link', { name: 'Night pages' }).click();
  await expect(page).toHaveTitle(/^Night pages per person/);
});

test('from an open incident to PagerDuty, from its service to its alerts, and back to who is on call', async ({
  page,
}) => {
  await page.goto('/d/pagebudget-on-call?kiosk');
  await opensPagerDuty(page, 'Open incidents');
  await opensPagerDuty(page, 'Pages of the last 24 hours');
  const service = await follow(page, 'Open incidents', 'a[href*="var-service="]');
  await expect(page).toHaveTitle(/^Alert noise/);
  await expect(panel(page, 'Noisiest alerts').getByRole('gridcell', { name: service }).first()).toBeVisible();
  await page.getByRole('link', { name: 'On call now' }).click();
  await follow(page, 'On call now', 'a[href*="var-user="]');
  await expect(page).toHaveTitle(/^Night pages per person/);
});

test('the wall screen opens incidents in PagerDuty', async ({ page }) => {
  await page.goto('/d/pagebudget-wall?kiosk');
  await opensPagerDuty(page, 'Open incidents');
});

/** Clicks a panel's first link of a kind, and gives its text. */
async function follow(page: Page, title: string, kind: string): Promise<string> {
  const link = panel(page, title).getByRole('gridcell').locator(kind).first();
  const text = (await link.textContent()) ?? '';
  await link.click();
  return text;
}

async function opensPagerDuty(page: Page, title: string): Promise<void> {
  const incident = panel(page, title).locator('a[href*="pagerduty.com"]').first();
  await expect(incident).toHaveAttribute('href', /^https:\/\/simulated\.pagerduty\.com\/incidents\/\w+$/);
}

function panel(page: Page, title: string) {
  return page.getByTestId(`data-testid Panel header ${title}`);
}

/** One address of each kind of link to a dashboard of ours that stands on the page and was not followed yet. */
async function linksOf(page: Page): Promise<string[]> {
  const links = page.locator('a[href*="/d/pagebudget-"]');
  await expect.poll(() => links.count()).toBeGreaterThan(0);
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  const kinds = Map.groupBy(hrefs, (href) => href.replace(/=[^&]*/g, ''));
  const fresh = [...kinds].filter(([kind]) => !followed.has(kind));
  for (const [kind] of fresh) followed.add(kind);
  return fresh.flatMap(([, [first]]) => first ?? []);
}
