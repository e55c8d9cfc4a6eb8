import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readAccount } from './account.ts';
import { entry, incident } from './sample.ts';

let server: Server | undefined;
afterEach(() => server?.close());

const HOUR = 3_600_000;
const start = Date.parse('2026-03-02T00:00:00Z');
const at = (milliseconds: number) => new Date(start + milliseconds).toISOString();
const entries = Array.from({ length: 12_000 }, (_, index) => entry('notify', 'OLD', at(index * 1000)));

function rowsOf(url: URL): object[] {
  const bound = (name: string) => Date.parse(url.searchParams.get(name) ?? '');
  if (url.pathname === '/log_entries') {
    return entries.filter(({ created_at }) => {
      const time = Date.parse(created_at);
      return time >= bound('since') && time <= bound('until');
    });
  }
  return [];
}

async function serve(): Promise<{ url: string; token: string }> {
  let isFirst = true;
  const made = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const offset = Number(url.searchParams.get('offset'));
    if (isFirst) response.writeHead(429).end();
    else if (offset > 9_900) response.writeHead(400).end('over the cap');
    else if (url.pathname === '/incidents/OLD') {
      response.end(JSON.stringify({ incident: incident('OLD', '2026-01-05T00:00:00Z') }));
    } else {
      const rows = rowsOf(url);
      const page = {
        [url.pathname.slice(1)]: rows.slice(offset, offset + 100),
        more: rows.length > offset + 100,
      };
      response.end(JSON.stringify(page));
    }
    isFirst = false;
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(made.address() as AddressInfo).port}`, token: 't' };
}

test('every row of a span over the cap is read once, with the older incident that they belong to', async () => {
  const now = start + 3 * HOUR;
  const account = await readAccount(
    await serve(),
    { since: start, harvestedUntil: now - HOUR, timeZone: 'UTC' },
    now,
  );
  expect(account.logEntries.map(({ id }) => id).sort()).toEqual(
    entries.slice(0, 3 * 3600).map(({ id }) => id),
  );
  expect(account.incidents.map(({ id }) => id)).toEqual(['OLD']);
});
