import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../clock.ts';
import type { Cause } from './cause.ts';
import type { Client, ClientOptions } from './client.ts';
import { busiestMinute, type EventClock, eventClock, slowly } from './event-clock.fixture.ts';
import { clientOf } from './odd-server.fixture.ts';

interface Course {
  client: Client;
  clock: EventClock;
  /** When requests of each cause were sent, by the path asked. */
  sent: Map<string, number[]>;
}

/** A client whose requests are answered after `ms`, with headers of the limit where they are told. */
function course(
  ms: number,
  options: Partial<ClientOptions> = {},
  headers: Record<string, string> = {},
): Course {
  const clock = eventClock(0);
  const sent = new Map<string, number[]>();
  const answer: typeof fetch = async (url) => {
    const { pathname } = new URL(String(url));
    sent.set(pathname, [...(sent.get(pathname) ?? []), clock.now()]);
    return new Response('{}', { headers });
  };
  const client = clientOf('http://answers', { clock, fetch: slowly(clock, ms, answer), ...options });
  return { client, clock, sent };
}

/** Asks without end, as many requests side by side as the client says, until the time is over. */
async function askOn({ client, clock }: Course, cause: Cause, path: string, end: number): Promise<void> {
  const asking = client.by(cause);
  const lane = async (index: number) => {
    while (clock.now() < end) {
      if (index < asking.width()) await asking.get(path);
      else await clock.sleep(SECOND);
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, index) => lane(index)));
}

describe('the pace of a backfill', () => {
  it.each([
    [20, 0.5, 480],
    [400, 0.5, 480],
    [1700, 0.5, 480],
    [800, 1, 960],
    [1700, 0.05, 48],
    [400, 0.01, 9],
  ])(
    'with answers after %i ms and a share of %d is at least nine tenths of %i a minute, and no more',
    async (ms, requestShare, allowed) => {
      const run = course(ms, { requestShare });
      await askOn(run, 'backfill', '/log_entries', 10 * MINUTE);
      const times = run.sent.get('/log_entries') ?? [];
      expect(run.client.requests().allowedPerMinute).toBe(allowed);
      expect(busiestMinute(times)).toBeLessThanOrEqual(allowed);
      for (let minute = 1; minute < 10; minute += 1) {
        const within = times.filter((at) => at >= minute * MINUTE && at < (minute + 1) * MINUTE).length;
        expect(within).toBeGreaterThanOrEqual(0.9 * allowed);
      }
    },
  );

  it('holds up neither the feed nor what is read every hour', async () => {
    const run = course(300, { requestShare: 0.1 });
    const { client, clock } = run;
    const late: number[] = [];
    const often = async (cause: Cause, every: number) => {
      for (let at = MINUTE; at < 8 * MINUTE; at += every) {
        await clock.sleep(at - clock.now());
        await client.by(cause).get(`/${cause}`);
        late.push(clock.now() - at);
      }
    };
    await Promise.all([
      askOn(run, 'backfill', '/log_entries', 10 * MINUTE),
      often('feed', 30 * SECOND),
      often('directory', MINUTE),
    ]);
    expect(late).toHaveLength(21);
    expect(Math.max(...late)).toBeLessThan(3 * SECOND);
    expect(busiestMinute([...run.sent.values()].flat())).toBeLessThanOrEqual(96);
  });

  it('is a share of what the answers say of the account, where that is less', async () => {
    const run = course(
      100,
      { requestShare: 0.5 },
      { 'ratelimit-limit': '300', 'ratelimit-remaining': '299', 'ratelimit-reset': '60' },
    );
    await askOn(run, 'backfill', '/log_entries', 5 * MINUTE);
    expect(run.client.requests()).toMatchObject({ accountLimit: 300, allowedPerMinute: 150 });
    const times = (run.sent.get('/log_entries') ?? []).filter((at) => at > MINUTE);
    expect(busiestMinute(times)).toBeLessThanOrEqual(150);
    expect(busiestMinute(times)).toBeGreaterThanOrEqual(135);
  });

  it('never rises with what the answers say, and knows nothing of the limit of /oncalls', async () => {
    const run = course(100, { requestShare: 0.5 }, { 'ratelimit-limit': '100000' });
    await run.client.get('/users');
    expect(run.client.requests()).toMatchObject({ accountLimit: 100_000, allowedPerMinute: 480 });
    const other = course(100, { requestShare: 0.5 }, { 'ratelimit-limit': '60' });
    await other.client.get('/oncalls');
    expect(other.client.requests()).toMatchObject({ accountLimit: null, allowedPerMinute: 480 });
  });

  it('stops for what others use of the limit: at none left but what is under way', async () => {
    const run = course(
      1000,
      {},
      { 'ratelimit-limit': '960', 'ratelimit-remaining': '3', 'ratelimit-reset': '40' },
    );
    await Promise.all(Array.from({ length: 5 }, () => run.client.get('/users')));
    await run.client.get('/users');
    expect(run.sent.get('/users')?.at(-1)).toBeGreaterThanOrEqual(40 * SECOND);
  });

  it('goes on after a clock that was set back', async () => {
    let back = 0;
    const run = course(100, { requestShare: 0.01 });
    const { clock } = run;
    const client = clientOf('http://answers', {
      clock: { ...clock, now: () => clock.now() - back },
      fetch: async () => new Response('{}'),
      requestShare: 0.01,
    });
    for (let i = 0; i < 9; i += 1) await client.get('/users');
    back = 3_600_000;
    const before = clock.now();
    await client.get('/users');
    expect(clock.now() - before).toBeLessThanOrEqual(MINUTE);
  });
});
