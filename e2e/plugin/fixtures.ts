import { test as base, type Page } from '@playwright/test';
import { type Stack, startStack } from './stack.ts';

/** Tests with a running stack behind the page, made once for all. */
export const test = base.extend<object, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its parameter
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

/** What the page's address says; a list is a name given several times. */
type Settings = Record<string, string | string[]>;

/** Opens the page: `view` is config, query or variable, the rest are its settings. */
export async function open(page: Page, stack: Stack, view: string, settings: Settings = {}) {
  const all = Object.entries({ view, from: stack.from, to: stack.to, ...settings });
  const search = new URLSearchParams(
    all.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  );
  await page.goto(`${stack.url}/?${search}`);
}

/** Opens the query editor with a saved query, or with the one of a new panel, and waits for the first answer. */
export async function openQuery(page: Page, stack: Stack, query?: object, settings: Settings = {}) {
  await open(page, stack, 'query', { ...(query && { query: JSON.stringify(query) }), ...settings });
  await page.getByLabel('answer').waitFor();
}

/** Picks the option of a combobox whose name begins so, and leaves the combobox. */
export async function choose(page: Page, combobox: string, option: string) {
  const input = page.getByRole('combobox', { name: combobox, exact: true });
  await input.click();
  await input.fill(option);
  await page
    .getByRole('option', { name: new RegExp(`^${option}`) })
    .first()
    .click();
  await input.blur();
}

/** The query that goes to the server with what `act` does. */
export async function sentBy(page: Page, act: () => Promise<unknown>) {
  const [request] = await Promise.all([page.waitForRequest('**/api/ds/query**'), act()]);
  return request.postDataJSON().queries[0] as Record<string, unknown>;
}

/** The query as the panel would save it now. */
export async function savedQuery(page: Page): Promise<Record<string, unknown>> {
  return JSON.parse((await page.getByLabel('saved query').textContent()) ?? '');
}
