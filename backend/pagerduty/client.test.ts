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
