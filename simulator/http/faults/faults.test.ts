import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../server.ts';
import { ask, askAll, type Page, type Refusal, startSmall } from '../../testing.ts';
import type { FaultChoice } from './choice.ts';

let simulator: Simulator;
let clock = 0;
beforeEach(async () => {
  clock = 0;
  simulator = await startSmall({ size: 'empty', now: () => clock });
});
afterEach(() => simulator.stop());

const on = (...faults: FaultChoice[]) => simulator.control({ reset: true, faults });
const statuses = async (count: number, path = '/users') => {
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) found.push((await ask(simulator, path)).status);
  return found;
};

describe('a fault', () => {
  it('begins after some requests, ends after some more, and comes again when it is named anew', async () => {
    on({ fault: 'unauthorized', after: 2, count: 1 });
    expect(await statuses(5)).toEqual([200, 200, 401, 200, 200]);
    on({ fault: 'unauthorized', after: 3 });
    expect(await statuses(5)).toEqual([200, 200, 200, 401, 401]);
  });

  it('strikes only the paths it is given: an endpoint, or one thing of it', async () => {
    on({ fault: 'forbidden', paths: ['/users/:id', '/teams/P1'] });
    expect(await statuses(1, '/users')).toEqual([200]);
    expect(await statuses(1, '/users/P2')).toEqual([403]);
    expect(await statuses(1, '/teams/P1')).toEqual([403]);
    expect(await statuses(1, '/teams/P2')).toEqual([404]);
  });

  it('strikes a share of the requests, the same ones in every run of one seed', async () => {
    const run = async (seed: number) => {
      simulator.control({ reset: true, seed, faults: [{ fault: 'server_error', share: 0.5 }] });
      return await statuses(40);
    };
    const first = await run(1);
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(10);
    expect(first.filter((status) => status === 200).length).toBeGreaterThan(10);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it('says how many requests it saw and struck', async () => {
    on({ fault: 'server_error', after: 2, paths: ['/users'] });
    await statuses(3);
    await statuses(1, '/teams');
    expect(simulator.control().faults).toEqual([{ fault: 'server_error', seen: 3, struck: 1 }]);
  });

  it('mixes with others: waiting adds up, and of two refusals the first comes', async () => {
    const slow = { fault: 'slow', ms: 60 } as const;
    on(slow, slow, { fault: 'server_error' }, { fault: 'unauthorized' });
    const begin = performance.now();
    expect(await statuses(1)).toEqual([500]);
    expect(performance.now() - begin).toBeGreaterThan(110);
  });
});

describe('refusals', () => {
  it.each<[FaultChoice, string, number, number]>([
    [{ fault: 'unauthorized' }, '/users', 401, 2006],
    [{ fault: 'payment_required' }, '/priorities', 402, 2014],
    [{ fault: 'forbidden' }, '/incidents/1', 403, 2010],
    [{ fault: 'not_found' }, '/users/P1', 404, 2013],
    [{ fault: 'not_found' }, '/services/P1', 404, 5002],
    [{ fault: 'not_found', paths: ['/incidents/:id/log_entries'] }, '/incidents/1/log_entries', 404, 5001],
    [{ fault: 'timeout' }, '/log_entries', 408, 2016],
    [{ fault: 'server_error' }, '/users', 500, 2000],
  ])('%j answers %s with %i and code %i', async (fault, path, status, code) => {
    on(fault);
    const refused = await ask<Refusal>(simulator, path);
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
  });

  it('of a gateway are pages of HTML', async () => {
    on({ fault: 'server_error', status: 502 });
    const response = await fetch(`${simulator.url}/users`, {
      headers: { authorization: 'Bearer simulated' },
    });
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('502 Bad Gateway');
  });

  it('for wide ranges stop once the range is halved', async () => {
    on({ fault: 'timeout', widerThan: 86_400 });
    const from = (since: string) => `/log_entries?since=${since}&until=2026-11-16T00:00:00Z`;
    expect(await statuses(2, from('2026-11-14T00:00:00Z'))).toEqual([408, 408]);
    expect(await statuses(1, from('2026-11-15T00:00:00Z'))).toEqual([200]);
    expect(await statuses(1, '/incidents')).toEqual([408]);
    expect(await statuses(1, '/incidents?date_range=all')).toEqual([408]);
    expect(await statuses(1, '/users')).toEqual([200]);
  });
});

describe('limits', () => {
  it('refuse out of the blue, and say when to come again', async () => {
    on({ fault: 'rate_limited', resetSeconds: 7, count: 1 });
    const { status, body, headers } = await ask<Refusal>(simulator, '/users');
    expect([status, body.error.code, headers.get('ratelimit-reset')]).toEqual([429, 2020, '7']);
    expect(await statuses(1)).toEqual([200]);
  });

  it('can be silent about it', async () => {
    on({ fault: 'rate_limited', silent: true });
    const { status, text, headers } = await ask(simulator, '/users');
    expect([status, text, headers.get('ratelimit-limit')]).toEqual([429, '', null]);
  });

  it('of /oncalls count for themselves', async () => {
    on({ fault: 'oncalls_limit', perMinute: 2 });
    expect(await statuses(3, '/oncalls')).toEqual([200, 200, 429]);
    expect(await statuses(3)).toEqual([200, 200, 200]);
    clock = 60_000;
    expect(await statuses(1, '/oncalls')).toEqual([200]);
  });
});

describe('on the way', () => {
  const get = () => fetch(`${simulator.url}/users`, { headers: { authorization: 'Bearer simulated' } });

  it('a connection can be reset before the answer', async () => {
    on({ fault: 'reset', count: 1 });
    await expect(get()).rejects.toThrow();
    expect(simulator.control().requests['/users']).toEqual({ asked: 1, answers: { broken: 1 } });
    expect((await get()).status).toBe(200);
  });

  it('a connection can be reset in the middle of a body', async () => {
    on({ fault: 'reset', at: 'body' });
    const response = await get();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('a body can be cut and look whole', async () => {
    const whole = await (await get()).text();
    on({ fault: 'truncated' });
    const response = await get();
    const text = await response.text();
    expect(response.headers.get('content-length')).toBe(String(text.length));
    expect(whole.startsWith(text)).toBe(true);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('the date can be ahead or behind', async () => {
    const date = async () => (await get()).headers.get('date');
    on({ fault: 'clock_skew', seconds: 90 });
    expect(await date()).toBe('Mon, 16 Nov 2026 00:01:30 GMT');
    on({ fault: 'clock_skew', seconds: -3600 });
    expect(await date()).toBe('Sun, 15 Nov 2026 23:00:00 GMT');
  });
});

describe('what is shown', () => {
  let small: Simulator;
  let time = 0;
  beforeEach(async () => {
    time = 0;
    small = await startSmall({ now: () => time });
  });
  afterEach(() => small.stop());

  interface Row {
    id: string;
    created_at: string;
  }
  const page = async (query: string) =>
    (await ask<Page<'log_entries', Row>>(small, `/log_entries?${query}`)).body;

  it('a page can repeat, for a while', async () => {
    const [first, second] = [await page('limit=10'), await page('limit=10&offset=10')];
    small.control({ faults: [{ fault: 'repeated_page', count: 1 }] });
    expect((await page('limit=10')).log_entries).toEqual(first.log_entries);
    const repeated = await page('limit=10&offset=10');
    expect(repeated).toMatchObject({ offset: 10, more: true });
    expect(repeated.log_entries).toEqual(first.log_entries);
    expect(await page('limit=10&offset=10')).toEqual(second);
  });

  it('the last page can repeat for ever', async () => {
    const range = 'since=2026-11-15T23:00:00Z&limit=100';
    const all = await page(range);
    expect(all.more).toBe(false);
    small.control({ faults: [{ fault: 'repeated_page' }] });
    for (const offset of [100, 200, 900]) {
      expect(await page(`${range}&offset=${offset}`)).toMatchObject({
        log_entries: all.log_entries,
        more: true,
      });
    }
  });

  it('lists can come backwards, page by page, but none that is sorted or ranked', async () => {
    const day = '/log_entries?since=2026-11-15T00:00:00Z';
    const entries = await askAll<Row>(small, day, 'log_entries');
    const sorted = await ask(small, '/incidents?sort_by=created_at:desc');
    const ranked = await ask(small, '/priorities');
    small.control({ faults: [{ fault: 'reversed' }] });
    expect(await askAll<Row>(small, day, 'log_entries')).toEqual(entries.toReversed());
    expect((await ask(small, '/incidents?sort_by=created_at:desc')).text).toBe(sorted.text);
    expect((await ask(small, '/priorities')).text).toBe(ranked.text);
  });

  it('the bounds of a range can be in or out', async () => {
    const at = (await page('limit=1')).log_entries[0]?.created_at ?? '';
    const instant = `since=${encodeURIComponent(at)}&until=${encodeURIComponent(at)}`;
    const found = async (bounds: '[)' | '[]' | '()' | '(]') => {
      small.control({ faults: [{ fault: 'bounds', bounds }] });
      return (await page(instant)).log_entries.length > 0;
    };
    expect([await found('[]'), await found('[)'), await found('(]'), await found('()')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('late entries come in an account that stands still, as the clock goes on', async () => {
    const day = '/log_entries?since=2026-11-15T00:00:00Z';
    const seen = async () => (await askAll<Row>(small, day, 'log_entries')).length;
    const all = await seen();
    small.control({ faults: [{ fault: 'late', seconds: 86_400, entries: 0.5 }] });
    const first = await seen();
    expect(first).toBeLessThan(all * 0.7);
    time = 12 * 3_600_000;
    const later = await seen();
    expect(later).toBeGreaterThan(first);
    expect(later).toBeLessThan(all);
    time = 24 * 3_600_000;
    expect(await seen()).toBe(all);
  });
});

describe('what is asked of a fault', () => {
  it.each<[unknown, string]>([
    [{ fault: 'unauthorised' }, 'there is no such fault; faults are unauthorized,'],
    [{ fault: 'slow', seconds: 3 }, 'seconds'],
    [{ fault: 'server_error', share: 2 }, 'share'],
    [{ fault: 'server_error', paths: ['/analytics'] }, '/analytics is no path'],
    [{ fault: 'private_teams', teams: ['Nobody'] }, 'there is no team Nobody'],
  ])('%j is refused and says why', (fault, words) => {
    expect(() => simulator.control({ faults: [fault as FaultChoice] })).toThrow(words);
    expect(simulator.control().settings.faults).toEqual([]);
  });
});
