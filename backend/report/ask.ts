import type { Frame, Query, QueryResponse, Status } from '../contract.ts';
import { AppError } from '../errors.ts';

/** A row of an answer by column name. */
export type Answered = Record<string, string | number | boolean | null>;

/** The rows of an answer, and what the backend says to mind about them. */
export interface Answer {
  rows: Answered[];
  /** Whether all that the range holds was known; what is absent of an incomplete answer is unknown, not none. */
  complete: boolean;
  warnings: string[];
}

/** Asks a running backend one question; throws AppError `upstream` with the backend's own words. */
export type Ask = (query: Omit<Query, 'refId'>) => Promise<Answer>;

/** A way to ask the backend at `url`, over the same POST /query that panels use. */
export function askAt(url: string, token: string | null, fetch: typeof globalThis.fetch): Ask {
  return async (query) => {
    const body = JSON.stringify({ queries: [{ refId: 'A', ...query }] });
    const headers = { 'content-type': 'application/json', ...authorized(token) };
    const { results } = await read<QueryResponse>(url, '/query', fetch, { method: 'POST', headers, body });
    const result = results.A;
    if (!result || result.error)
      throw new AppError('upstream', result?.error ?? 'The backend did not answer the question.');
    const notices = result.frames.flatMap((frame) => frame.schema.meta.notices ?? []);
    const warnings = notices.filter(({ severity }) => severity !== 'info').map(({ text }) => text);
    const complete = result.frames.every((frame) => frame.schema.meta.custom.complete);
    return { rows: result.frames.flatMap(rowsOf), complete, warnings };
  };
}

/** What the backend at `url` says of itself. Throws AppError `upstream`. */
export function statusAt(url: string, token: string | null, fetch: typeof globalThis.fetch): Promise<Status> {
  return read<Status>(url, '/status', fetch, { headers: authorized(token) });
}

async function read<Body>(
  url: string,
  path: string,
  fetch: typeof globalThis.fetch,
  request: RequestInit,
): Promise<Body> {
  const response = await fetch(`${url}${path}`, request).catch((error: unknown) => {
    throw new AppError(
      'upstream',
      `No backend answers at ${url}: start it with npm start, or name another with --url.`,
      { cause: error },
    );
  });
  if (!response.ok) {
    const words = await response.text();
    throw new AppError('upstream', `The backend at ${url} answered ${response.status}: ${words}`);
  }
  return (await response.json()) as Body;
}

function authorized(token: string | null): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}

function rowsOf(frame: Frame): Answered[] {
  const { fields } = frame.schema;
  const length = frame.data.values[0]?.length ?? 0;
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(fields.map((field, column) => [field.name, frame.data.values[column]?.[row] ?? null])),
  );
}
