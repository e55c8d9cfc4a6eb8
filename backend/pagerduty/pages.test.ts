import { afterEach, describe, expect, it } from 'vitest';
import { type Answerer, clientOf, json, startOddServer } from './odd-server.fixture.ts';

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

  it('whose order changes while it is read is read again for the rows that are lacking', async () => {
    const url = await serve(({ url: { searchParams }, count }, response) => {
      const first = searchParams.get('offset') === '0';
      const ids = first ? ['U1', 'U2'] : [count <= 2 ? 'U2' : 'U4', 'U3'];
      json(response, { users: ids.map((id) => ({ id })), more: first, total: first ? 4 : null });
    });
    expect(await idsOf(clientOf(url).pages(LIST))).toEqual(['U1', 'U2', 'U3', 'U4']);
  });

  it('whose pages show fewer rows than it counts at every reading ends with an error that tells both', async () => {
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
