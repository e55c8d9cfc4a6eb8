import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** The repository's root. */
export const ROOT = join(import.meta.dirname, '../..');

/** The part of a panel's JSON that the tests look at. */
export interface Panel {
  id: number;
  title: string;
  type: string;
  gridPos: { y: number };
  description?: string;
  fieldConfig: { defaults: { unit?: string; noValue?: string } };
  targets?: { refId: string }[];
}

/** The part of a dashboard's JSON that the tests look at. */
export interface Dashboard {
  uid: string;
  title: string;
  panels: Panel[];
  /** To other dashboards, in the toolbar; a wall screen has none. */
  links: { url: string }[];
  templating: { list: Variable[] };
}

/** A dashboard's variable; those that offer the values of a dimension are queries. */
export interface Variable {
  name: string;
  type: string;
  multi?: boolean;
  query: unknown;
}

/** How many questions the panels of a dashboard ask. */
export function targetsOf({ panels }: Dashboard): number {
  return panels.flatMap(({ targets }) => targets ?? []).length;
}

/** Every dashboard that comes with the plugin. */
export const dashboards = readdirSync(join(ROOT, 'dashboards'))
  .filter((file) => file.endsWith('.json'))
  .map((file): Dashboard => JSON.parse(readFileSync(join(ROOT, 'dashboards', file), 'utf8')));

/** An answer that a page got to one query. */
export interface Collected {
  query: {
    queryType: string;
    metric?: string;
    filters?: { dimension: string; values: string[] }[];
  };
  error: string | undefined;
  rows: number;
}

interface Answer {
  results?: Record<string, { error?: string; frames?: { data: { values: unknown[][] } }[] }>;
}

/** Every answer that the page gets from now on, one entry a query; one that it no longer waits for has no body and is passed over. */
export function collectAnswers(page: Page): Collected[] {
  const collected: Collected[] = [];
  page.on('response', async (response) => {
    if (!response.url().includes('/api/ds/query')) return;
    const queries = response.request().postDataJSON().queries as (Collected['query'] & { refId: string })[];
    const answer: Answer | undefined = await response.json().catch(() => undefined);
    if (!answer) return;
    for (const query of queries) {
      const frames = answer.results?.[query.refId]?.frames ?? [];
      const rows = frames.reduce((sum, frame) => sum + (frame.data.values[0]?.length ?? 0), 0);
      collected.push({ query, error: answer.results?.[query.refId]?.error, rows });
    }
  });
  return collected;
}
