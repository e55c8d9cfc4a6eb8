import { type Simulator, type SimulatorOptions, startSimulator } from './server.ts';

/** What comes back from a simulator: the answer's status, headers and body. */
export interface Heard<T> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

/** An error as PagerDuty words it. */
export interface Refusal {
  error: { message: string; code: number; errors?: string[] };
}

/** One page of any list. */
export type Page<Name extends string, Row> = Record<Name, Row[]> & {
  limit: number;
  offset: number;
  total: number | null;
  more: boolean;
};

/** The key that test accounts accept. */
export const TOKEN = 'simulated';

/** Starts a small account that stands still, with what a test wants otherwise. */
export function startSmall(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const usual = {
    seed: 1,
    size: 'small',
    until: '2026-11-16T00:00:00Z',
    port: 0,
    token: TOKEN,
    live: false,
  } as const;
  return startSimulator({ ...usual, ...options });
}

/** Asks a simulator as a client would; the body is taken to be what the test says. */
export async function ask<T = Record<string, never>>(
  { url }: Simulator,
  path: string,
  authorization = `Token token=${TOKEN}`,
): Promise<Heard<T>> {
  return heard(await fetch(url + path, { headers: { authorization } }));
}

/** Sends a simulator something as JSON; the answer's body is taken to be what the test says. */
export async function send<T = Record<string, never>>(
  { url }: Simulator,
  path: string,
  body: object = {},
  { method = 'POST', authorization = `Token token=${TOKEN}` } = {},
): Promise<Heard<T>> {
  const headers = { authorization, 'content-type': 'application/json' };
  return heard(await fetch(url + path, { method, headers, body: JSON.stringify(body) }));
}

async function heard<T>(response: Response): Promise<Heard<T>> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : {} };
}

/** Reads a list to its end, in steps that stay under the cap. */
export async function askAll<Row>(simulator: Simulator, path: string, name: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const separator = path.includes('?') ? '&' : '?';
    const position = `${separator}limit=100&offset=${rows.length}`;
    const { status, text, body } = await ask<Page<string, Row>>(simulator, path + position);
    if (status !== 200) throw new Error(`${path}${position} answered ${status}: ${text}`);
    rows.push(...(body[name] ?? []));
    if (!body.more) return rows;
  }
}

/** Every log entry of a stretch, read day by day; `more` is put behind the query. */
export async function askEntries<Row>(
  simulator: Simulator,
  since: string,
  days: number,
  more = '',
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let day = 0; day < days; day += 1) {
    const [from, to] = [day, day + 1].map((n) => new Date(Date.parse(since) + n * 86_400_000).toISOString());
    const query = `since=${from}&until=${to}&time_zone=UTC&include[]=channels${more}`;
    rows.push(...(await askAll<Row>(simulator, `/log_entries?${query}`, 'log_entries')));
  }
  return rows;
}
