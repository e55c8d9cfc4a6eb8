import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { noCredentials } from './credentials.ts';
import { type Answerer, clientOf, drivenClock, json, startOddServer } from './odd-server.fixture.ts';

const TOKEN = 'a-secret-key';
const closing: (() => Promise<void>)[] = [];

async function serve(answer: Answerer): Promise<string> {
  const { url, close } = await startOddServer(answer);
  closing.push(close);
  return url;
}

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const LIST = { path: '/users', list: 'users' };

async function idsOf(pages: AsyncGenerator<{ items: unknown[] }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { items } of pages) ids.push(...items.map((item) => (item as { id: string }).id));
  return ids;
}

describe('what is asked', () => {
  it('carries the headers of the API, with the key in its own form', async () => {
    let headers: Record<string, unknown> = {};
    const url = await serve(({ request }, response) => {
      headers = request.headers;
      json(response, {});
    });
    await clientOf(url).get('/abilities');
    expect(headers).toMatchObject({
      authorization: `Token token=${TOKEN}`,
      accept: 'application/vnd.pagerduty+json;version=2',
      'content-type': 'application/json',
    });
  });

  it('repeats array parameters with their brackets', async () => {
    let query = '';
    const url = await serve((asked, response) => {
      query = asked.url.searchParams.getAll('include[]').join();
      json(response, {});
    });
    await clientOf(url).get('/log_entries', [
      ['include[]', 'incidents'],
      ['include[]', 'channels'],
    ]);
    expect(query).toBe('incidents,channels');
  });

  it('is nothing without a key, and says what to set', async () => {
    let asked = 0;
    const url = await serve((_asked, response) => {
      asked += 1;
      json(response, {});
    });
    await expect(clientOf(url, { credentials: noCredentials }).get('/abilities')).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('PAGERDUTY_TOKEN'),
    });
    expect(asked).toBe(0);
  });
});

describe('a list', () => {
  it('is read by the rows received, whatever limit the server keeps to, each row once', async () => {
    const offsets: string[] = [];
    const url = await serve((asked, response) => {
      const offset = Number(asked.url.searchParams.get('offset'));
      offsets.push(`${offset}/${asked.url.searchParams.get('limit')}`);
      const users = [offset, offset + 1, offset + 2].map((n) => ({ id: `U${Math.max(0, n - 1)}` }));
      json(response, { users, more: offset < 6, total: null });
    });
    expect(await idsOf(clientOf(url).pages(LIST))).toEqual(['U0', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7']);
    expect(offsets).toEqual(['0/100', '3/100', '6/100']);
  });

  it('that says more but sends the same rows again ends with an error, not a loop', async () => {
    const url = await serve((_asked, response) => json(response, { users: [{ id: 'U1' }], more: true }));
    await expect(idsOf(clientOf(url).pages(LIST))).rejects.toMatchObject({ code: 'upstream' });
  });

  it('goes on after a page that came twice', async () => {
    const url = await serve(({ url: { searchParams }, count }, response) => {
      const first = count <= 3 || searchParams.get('offset') === '0';
      json(response, { users: [{ id: first ? 'U1' : 'U2' }], more: first, total: null });
    });
    expect(await idsOf(clientOf(url).pages(LIST))).toEqual(['U1', 'U2']);
  });

  it('whose pages show fewer rows than it counts ends with an error that tells both', async () => {
    const url = await serve(({ url: { searchParams } }, response) => {
      const first = searchParams.get('offset') === '0';
      const users = (first ? ['U1', 'U2'] : ['U2', 'U1']).map((id) => ({ id }));
      json(response, {
        users: first ? users : [...users, { id: 'U3' }],
        more: first,
        total: first ? 4 : null,
      });
    });
    await expect(idsOf(clientOf(url).pages(LIST))).rejects.toThrow(/counts 4 rows of \/users.* only 3/);
  });

  it('with a total over 10,000 is known as too long after one request', async () => {
    const url = await serve((_asked, response) =>
      json(response, { users: [{ id: 'U1' }], more: true, total: 10_001 }),
    );
    const client = clientOf(url);
    await expect(idsOf(client.pages(LIST))).rejects.toMatchObject({ name: 'ListTooLong' });
    expect(client.requests().used).toBe(1);
  });

  it('without a total is too long once the next page would pass row 10,000, and none is lost before', async () => {
    const url = await serve((asked, response) => {
      const offset = Number(asked.url.searchParams.get('offset'));
      if (offset + 100 > 10_000) return json(response, {}, 400);
      const users = Array.from({ length: 100 }, (_, i) => ({ id: `U${offset + i}` }));
      json(response, { users, more: true, total: null });
    });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const page of clientOf(url).pages(LIST)) seen.push(...page.items);
    })();
    await expect(reading).rejects.toMatchObject({ name: 'ListTooLong' });
    expect(seen).toHaveLength(10_000);
  });

  it('that is missing from the answer is an error that names it', async () => {
    const url = await serve((_asked, response) => json(response, { persons: [] }));
    await expect(idsOf(clientOf(url).pages(LIST))).rejects.toThrow(/\/users has no list "users"/);
  });
});

describe('an answer that fails', () => {
  const failures = [
    ['401', 401, 'credential', 'unauthorized', 1],
    ['402', 402, 'plan', 'upstream', 1],
    ['403', 403, 'permission', 'upstream', 1],
    ['404', 404, 'missing', 'not_found', 1],
    ['400', 400, 'request', 'upstream', 1],
    ['408, tried once more', 408, 'slow', 'upstream', 2],
    ['500, tried patiently', 500, 'passing', 'upstream', 7],
    ['503, tried patiently', 503, 'passing', 'upstream', 7],
  ] as const;

  it.each(failures)('with %s has its own kind', async (_name, status, kind, code, tries) => {
    const error = { code: 2006, message: 'No', errors: ['Nor this'] };
    const url = await serve((_asked, response) => json(response, { error }, status));
    const client = clientOf(url);
    await expect(client.get('/users')).rejects.toMatchObject({
      kind,
      code,
      status,
      message: expect.stringContaining('No: Nor this (code 2006)'),
    });
    expect(client.requests()).toMatchObject({
      used: tries,
      refused: tries,
      byEndpoint: [
        {
          endpoint: '/users',
          cause: 'connect',
          requests: tries,
          refused: tries,
          retried: tries - 1,
          statuses: { [status]: tries },
        },
      ],
    });
  });

  it('in the network, in the middle of the body or before its whole JSON is asked again', async () => {
    const url = await serve(({ count }, response) => {
      if (count === 1) return response.destroy();
      if (count === 2) {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"users":');
        return setTimeout(() => response.destroy(), 20);
      }
      if (count === 3) return response.writeHead(200).end('{"users": [{"id"');
      json(response, { users: [] });
    });
    const client = clientOf(url);
    expect(await client.get('/users')).toEqual({ users: [] });
    expect(client.requests()).toMatchObject({ used: 4, refused: 3 });
  });

  it('with 429 waits until the limit is reset', async () => {
    const url = await serve(({ count }, response) =>
      count === 1 ? json(response, {}, 429, { 'ratelimit-reset': '37' }) : json(response, { ok: true }),
    );
    const clock = drivenClock();
    const start = clock.now();
    expect(await clientOf(url, { clock }).get('/users')).toEqual({ ok: true });
    expect(clock.now() - start).toBeGreaterThanOrEqual(37_000);
    expect(clock.now() - start).toBeLessThan(45_000);
  });

  it('with 429 and neither headers nor body backs off, longer each time', async () => {
    const url = await serve(({ count }, response) =>
      count <= 4 ? response.writeHead(429).end() : json(response, { ok: true }),
    );
    const clock = drivenClock();
    expect(await clientOf(url, { clock }).get('/users')).toEqual({ ok: true });
    expect(clock.waits).toEqual([750, 1500, 3000, 6000]);
  });

  it('on /oncalls, which has a limit of its own, does not hold up the rest', async () => {
    const url = await serve((asked, response) =>
      asked.url.pathname === '/oncalls'
        ? json(response, {}, 200, { 'ratelimit-remaining': '0', 'ratelimit-reset': '50' })
        : json(response, {}),
    );
    const clock = drivenClock();
    const client = clientOf(url, { clock });
    await client.get('/oncalls');
    await client.get('/users');
    expect(clock.waits).toEqual([]);
    await client.get('/oncalls');
    expect(clock.waits).toEqual([50_000]);
  });
});

describe('the pace', () => {
  it('keeps to the share of the limit in every minute', async () => {
    const clock = drivenClock(0);
    const times: number[] = [];
    const url = await serve((_asked, response) => {
      times.push(clock.now());
      json(response, {});
    });
    const client = clientOf(url, { clock, requestShare: 0.05 });
    for (let i = 0; i < 150; i++) await client.get('/users');
    expect(client.requests().allowedPerMinute).toBe(48);
    const busiest = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(busiest).toBeLessThanOrEqual(48);
    expect(busiest).toBeGreaterThan(40);
  });

  it('waits for the reset when an answer says that nothing remains', async () => {
    const url = await serve((_asked, response) =>
      json(response, {}, 200, { 'ratelimit-remaining': '0', 'ratelimit-reset': '12' }),
    );
    const clock = drivenClock();
    const client = clientOf(url, { clock });
    await client.get('/users');
    await client.get('/users');
    expect(clock.waits).toEqual([12_000]);
  });
});

describe('the client', () => {
  it('tells the time by the Date header, going on with its own clock', async () => {
    const url = await serve((_asked, response) => {
      json(response, {}, 200, { date: 'Mon, 16 Nov 2026 00:00:00 GMT' });
    });
    const clock = drivenClock(0);
    const client = clientOf(url, { clock });
    expect(client.serverNow()).toBe(0);
    await client.get('/users');
    await clock.sleep(5000);
    expect(client.serverNow()).toBe(Date.parse('2026-11-16T00:00:05Z'));
  });

  it('knows a simulated account by its header', async () => {
    const url = await serve(({ count }, response) =>
      json(response, {}, 200, count > 1 ? { 'x-simulated': 'seed=1' } : {}),
    );
    const client = clientOf(url);
    await client.get('/users');
    expect(client.simulation()).toBeNull();
    await client.get('/users');
    expect(client.simulation()).toBe('seed=1');
  });

  it('never shows its key, not even when an answer repeats it', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const url = await serve((_asked, response) =>
      json(response, { error: { message: `Bad key ${TOKEN}` } }, 401),
    );
    const error = await clientOf(url, { log })
      .get('/users')
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('Bad key …');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toContain(TOKEN);
  });

  it('ends a wait and a request with the signal', async () => {
    const url = await serve(() => undefined);
    const ending = new AbortController();
    const reading = clientOf(url).get('/users', [], ending.signal);
    setTimeout(() => ending.abort(), 20);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});
