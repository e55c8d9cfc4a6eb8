import type { Frame, Query, QueryResponse } from '../contract.ts';
import { AppError } from '../errors.ts';

/** A row of an answer by column name. */
export type Answered = Record<string, string | number | boolean | null>;

/** The rows of an answer, and what the backend says to mind about them. */
export interface Answer {
  rows: Answered[];
  warnings: string[];
}

/** Asks a running backend one question; throws AppError `upstream` with the backend's own words. */
export type Ask = (query: Omit<Query, 'refId'>) => Promise<Answer>;

/** A way to ask the backend at `url`, over the same POST /query that panels use. */
export function askAt(url: string, token: string | null, fetch: typeof globalThis.fetch): Ask {
  return async (query) => {
    const response = await fetch(`${url}/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ queries: [{ refId: 'A', ...query }] }),
    });
    if (!response.ok)
      throw new AppError(
        'upstream',
        `The backend at ${url} answered ${response.status}: ${await response.text()}`,
      );
    const { results } = (await response.json()) as QueryResponse;
    const result = results.A;
    if (!result || result.error)
      throw new AppError('upstream', result?.error ?? 'The backend did not answer the question.');
    const notices = result.frames.flatMap((frame) => frame.schema.meta.notices ?? []);
    const warnings = notices.filter(({ severity }) => severity !== 'info').map(({ text }) => text);
    return { rows: result.frames.flatMap(rowsOf), warnings };
  };
}

function rowsOf(frame: Frame): Answered[] {
  const { fields } = frame.schema;
  const length = frame.data.values[0]?.length ?? 0;
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(fields.map((field, column) => [field.name, frame.data.values[column]?.[row] ?? null])),
  );
}
