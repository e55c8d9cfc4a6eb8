import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from './server.ts';
import { ask, type Page, type Refusal, startSmall } from './testing.ts';

describe('every answer', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSmall();
  });
  afterAll(() => simulator.stop());

  it('says that it is simulated and what it follows from', async () => {
    const { headers } = await ask(simulator, '/abilities');
    expect(headers.get('x-simulated')).toBe(
      'pagebudget-simulator; seed=1; size=small; until=2026-11-16T00:00:00Z',
    );
  });

  it('says so too of an account that lives, with its rate, and of one that a file describes', async () => {
    const labelOf = async (options: Parameters<typeof startSmall>[0]) => {
      const other = await startSmall(options);
      const { headers } = await ask(other, '/abilities');
      await other.stop();
      return headers.get('x-simulated');
    };
    const live = await labelOf({ size: 'empty', live: true, liveRate: 4 });
    expect(live).toBe('pagebudget-simulator; seed=1; size=empty; until=2026-11-16T00:00:00Z; live=4');
    const account = fileURLToPath(new URL('accounts/empty.yaml', import.meta.url));
    expect(await labelOf({ account })).toMatch(/; size=empty\.yaml [0-9a-f]{8}; until=/);
  });

  it('carries the account’s time as its date', async () => {
    const { headers } = await ask(simulator, '/abilities');
    expect(headers.get('date')).toBe('Mon, 16 Nov 2026 00:00:00 GMT');
  });

  it('takes the key in both forms and refuses everything else', async () => {
    const status = async (authorization: string) => (await ask(simulator, '/users', authorization)).status;
    expect(await status('Token token=simulated')).toBe(200);
    expect(await status('Bearer simulated')).toBe(200);
    for (const wrong of ['', 'Token token=other', 'simulated', 'Token simulated', 'Bearer']) {
      expect(await status(wrong)).toBe(401);
    }
    expect((await ask<Refusal>(simulator, '/users', 'Bearer no')).body.error.code).toBe(2006);
  });

  it('is 404 with code 2100 where there is nothing', async () => {
    const { status, body } = await ask<Refusal>(simulator, '/analytics');
    expect(status).toBe(404);
    expect(body.error.code).toBe(2100);
  });
});

describe('an account', () => {
  const paths = [
    '/users',
    '/services',
    '/oncalls',
    '/incidents?limit=100',
    '/log_entries?limit=100&include[]=channels',
  ];
  const textsOf = async (options: Parameters<typeof startSmall>[0]) => {
    const simulator = await startSmall(options);
    const texts = await Promise.all(paths.map(async (path) => (await ask(simulator, path)).text));
    await simulator.stop();
    return texts;
  };

  it('is the same to the last byte for the same seed and until', async () => {
    expect(await textsOf({ seed: 7 })).toEqual(await textsOf({ seed: 7 }));
  });

  it('differs from that of another seed everywhere', async () => {
    const [one, other] = [await textsOf({ seed: 7 }), await textsOf({ seed: 8 })];
    for (const [index, text] of one.entries()) expect(text).not.toBe(other[index]);
  });

  it('of size empty holds its owner and nothing that happened', async () => {
    const simulator = await startSmall({ size: 'empty' });
    const totals = await Promise.all(
      ['users', 'oncalls', 'teams', 'services', 'incidents', 'log_entries'].map(async (name) => {
        const { body } = await ask<Page<string, object>>(simulator, `/${name}?total=true`);
        return [name, body.total];
      }),
    );
    await simulator.stop();
    expect(Object.fromEntries(totals)).toEqual({
      users: 1,
      oncalls: 1,
      teams: 0,
      services: 0,
      incidents: 0,
      log_entries: 0,
    });
  });

  it('is refused with an until that is no time', async () => {
    await expect(startSmall({ until: 'yesterday' })).rejects.toThrow('until must be an ISO 8601 time');
  });
});
