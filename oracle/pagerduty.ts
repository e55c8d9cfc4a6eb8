/** Where a PagerDuty API listens and the key that it accepts. */
export interface Api {
  url: string;
  token: string;
}

/** A span of time in epoch milliseconds, [from, to). */
export interface Span {
  from: number;
  to: number;
}

/** Query parameters in order; a name may be repeated. */
export type Parameters = [name: string, value: string][];

/** An answer with an error status, which the caller may expect (403 and 404 for one incident). */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, path: string, body: string) {
    super(`GET ${path} answered ${status}: ${body.slice(0, 300)}`);
    this.status = status;
  }
}

const PAGE = 100;
const CAP = 10_000;

class CapReached extends Error {}

/** Reads one resource, over a connection of its own, as others may be closed while something is worked out; waits where the API says that it was asked too often. */
export async function read<T>(api: Api, path: string, parameters: Parameters = []): Promise<T> {
  const headers = {
    Authorization: `Token token=${api.token}`,
    Accept: 'application/vnd.pagerduty+json;version=2',
    Connection: 'close',
  };
  for (;;) {
    const response = await fetch(`${api.url}${path}?${new URLSearchParams(parameters)}`, { headers });
    if (response.status !== 429) {
      if (!response.ok) throw new Refused(response.status, path, await response.text());
      return (await response.json()) as T;
    }
    const seconds = Number(response.headers.get('ratelimit-reset')) || 1;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

/** Reads a whole list page by page; throws where it would pass the cap of 10,000 rows. */
export async function readList<T>(
  api: Api,
  path: string,
  key: string,
  parameters: Parameters = [],
): Promise<T[]> {
  const rows: T[] = [];
  for (;;) {
    const position: Parameters = [
      ['limit', String(PAGE)],
      ['offset', String(rows.length)],
    ];
    const page = await read<{ more: boolean } & Record<string, T[]>>(api, path, [...parameters, ...position]);
    const received = page[key] ?? [];
    rows.push(...received);
    if (!page.more) return rows;
    if (received.length === 0) throw new Error(`GET ${path} says more, but sent no row.`);
    if (rows.length + PAGE > CAP) throw new CapReached(`GET ${path} holds over ${CAP} rows.`);
  }
}

/** Reads every row of a span of time, halving the span as often as the cap asks for. */
export async function readSpan<T>(
  api: Api,
  path: string,
  key: string,
  span: Span,
  parameters: Parameters = [],
): Promise<T[]> {
  const bounds: Parameters = [
    ['since', new Date(span.from).toISOString()],
    ['until', new Date(span.to).toISOString()],
    ['time_zone', 'UTC'],
  ];
  try {
    return await readList<T>(api, path, key, [...parameters, ...bounds]);
  } catch (error) {
    if (!(error instanceof CapReached)) throw error;
    const middle = Math.floor((span.from + span.to) / 2000) * 1000;
    const first = await readSpan<T>(api, path, key, { from: span.from, to: middle }, parameters);
    return [...first, ...(await readSpan<T>(api, path, key, { from: middle, to: span.to }, parameters))];
  }
}

/** Reads a long stretch in steps, as every endpoint limits how much one request may span. */
export async function readStretch<T>(
  api: Api,
  path: string,
  key: string,
  stretch: Span & { step: number },
  parameters: Parameters = [],
): Promise<T[]> {
  const rows: T[] = [];
  for (let from = stretch.from; from < stretch.to; from += stretch.step) {
    const span = { from, to: Math.min(from + stretch.step, stretch.to) };
    rows.push(...(await readSpan<T>(api, path, key, span, parameters)));
  }
  return rows;
}
