import { expect } from '@grafana/plugin-e2e';
import type { Page } from '@playwright/test';

/** Expects that no panel on the page shows an error, or Grafana's own words for having nothing to draw. */
export async function noPanelFails(page: Page): Promise<void> {
  await expect(page.getByTestId('data-testid Panel status error')).toHaveCount(0);
  await expect(page.getByText(/^No data$|Error:|Cannot visualize|Data is missing/)).toHaveCount(0);
}
