import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, type Page, send, startSmall } from '../testing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  id: string;
  event: {
    id: string;
    event_type: string;
    occurred_at: string;
    data: { id: string; [name: string]: unknown };
  };
}

interface Subscription {
  id: string;
  active: boolean;
  events: string[];
  delivery_method: {
    secret: string | null;
    temporarily_disabled: boolean;
    custom_headers: { name: string; value: string }[];
  };
}

let simulator: Simulator;
let receiver: Server;
let clock = 0;
let received: Received[] = [];
/** What the receiver answers next; 202 when there is nothing more. */
let statuses: number[] = [];

beforeEach(async () => {
  [clock, received, statuses] = [0, [], []];
  simulator = await startSmall({ live: true, now: () => clock });
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const id = String(request.headers['x-webhook-id']);
      received.push({ headers: request.headers, body, id, event: JSON.parse(body).event });
      response.writeHead(statuses.shift() ?? 202).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await simulator.stop();
  receiver.closeAllConnections();
  receiver.close();
});

async function subscribe(events: string[], more: object = {}): Promise<Subscription> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const custom_headers = [{ name: 'x-own', value: 'mine' }];
  const { body } = await send<{ webhook_subscription: Subscription }>(simulator, '/webhook_subscriptions', {
    webhook_subscription: {
      type: 'webhook_subscription',
      delivery_method: { type: 'http_delivery_method', url, custom_headers },
      filter: { type: 'account_reference' },
      ...{ events, ...more },
    },
  });
  return body.webhook_subscription;
}

async function shown({ id }: Subscription): Promise<Subscription> {
  const { body } = await ask<{ webhook_subscription: Subscription }>(
    simulator,
    `/webhook_subscriptions/${id}`,
  );
  return body.webhook_subscription;
}

/** Waits until more has come, and then nothing for a while. */
async function arrivals(): Promise<void> {
  for (const before = received.length; received.length === before; ) await sleep(20);
  await quiet();
}

/** Waits until nothing more has come for a while. */
async function quiet(): Promise<void> {
  for (let before = -1; before !== received.length; ) {
    before = received.length;
    await sleep(1500);
  }
}

describe('the webhooks of a live account', () => {
  it('tell what happens, signed, in order for each incident, and nothing of notifications', async () => {
    const events = ['incident.triggered', 'incident.acknowledged', 'incident.resolved', 'incident.annotated'];
    const { delivery_method: way } = await subscribe(events);
    clock = 20 * MINUTE;
    await arrivals();
    expect(received.length).toBeGreaterThan(20);
    for (const { body, headers, event } of received) {
      const hex = createHmac('sha256', String(way.secret)).update(body).digest('hex');
      expect(headers['x-pagerduty-signature']).toBe(`v1=${hex}`);
      expect(headers['x-own']).toBe('mine');
      expect(events).toContain(event.event_type);
      expect(event.occurred_at).toMatch(/^2026-11-16T.*\.\d{3}Z$/);
    }
    expect(new Set(received.map(({ id }) => id)).size).toBe(received.length);
    for (const own of Map.groupBy(received, ({ event }) => event.data.id).values()) {
      const times = own.map(({ event }) => event.occurred_at);
      expect(times).toEqual(times.toSorted());
    }
    interface Entry {
      type: string;
      created_at: string;
    }
    const since = '/log_entries?since=2026-11-16T00:00:01Z&time_zone=UTC';
    const entries = await askAll<Entry>(simulator, since, 'log_entries');
    const count = (type: string) => received.filter(({ event }) => event.event_type === type).length;
    const made = (type: string) => entries.filter((entry) => entry.type.startsWith(type)).length;
    expect(count('incident.acknowledged')).toBe(made('acknowledge'));
    expect(count('incident.resolved')).toBe(made('resolve'));
    const [triggered] = received.filter(({ event }) => event.event_type === 'incident.triggered');
    const { body } = await ask<{ incident: { incident_number: number; title: string } }>(
      simulator,
      `/incidents/${triggered?.event.data.id}`,
    );
    expect(triggered?.event.data).toMatchObject({
      number: body.incident.incident_number,
      status: 'triggered',
    });
    expect(triggered?.event.data).not.toHaveProperty('resolved_at');
  });

  it('are tried again under the same id until they arrive, and what follows them waits', async () => {
    await subscribe(['incident.triggered', 'incident.acknowledged', 'incident.resolved']);
    statuses = Array.from({ length: 500 }, () => 503);
    clock = 10 * MINUTE;
    await arrivals();
    const [first] = received;
    const tried = () => received.filter(({ event }) => event.data.id === first?.event.data.id);
    expect(tried().length).toBe(1);
    statuses = [];
    clock += MINUTE;
    await arrivals();
    expect(tried()[1]?.id).toBe(first?.id);
    expect(tried()[1]?.body).toBe(first?.body);
  });

  it('can arrive twice, and are lost where they are too large', async () => {
    await subscribe(['incident.triggered']);
    simulator.control({ webhookDuplicates: 1, rateLimit: 100_000 });
    clock = 10 * MINUTE;
    await arrivals();
    const counts = [...Map.groupBy(received, ({ id }) => id).values()].map(({ length }) => length);
    expect(new Set(counts)).toEqual(new Set([2]));
    const before = received.length;
    simulator.control({ webhookDuplicates: 0, webhookPadding: 300_000 });
    clock += 10 * MINUTE;
    await quiet();
    expect(received.length).toBe(before);
  });

  it('end for a day after three that were given up, until they are enabled again', async () => {
    const subscription = await subscribe(['incident.triggered']);
    statuses = Array.from({ length: 500 }, () => 400);
    clock = HOUR;
    await arrivals();
    await expect
      .poll(async () => (await shown(subscription)).delivery_method.temporarily_disabled, { timeout: 20_000 })
      .toBe(true);
    await quiet();
    const before = received.length;
    statuses = [];
    clock += HOUR;
    await quiet();
    expect(received.length).toBe(before);
    await send(simulator, `/webhook_subscriptions/${subscription.id}/enable`);
    expect((await shown(subscription)).delivery_method.temporarily_disabled).toBe(false);
    clock += 10 * MINUTE;
    await arrivals();
    expect(received.length).toBeGreaterThan(before);
  });
});

describe('a subscription to webhooks', () => {
  it('is listed, changed and deleted; its secret is told once and its headers never', async () => {
    const made = await subscribe(['incident.triggered', 'service.updated']);
    expect(made.delivery_method.secret).toMatch(/^\w{48}$/);
    const { body } = await ask<Page<'webhook_subscriptions', Subscription>>(
      simulator,
      '/webhook_subscriptions',
    );
    expect(body.webhook_subscriptions).toMatchObject([
      {
        id: made.id,
        delivery_method: { secret: null, custom_headers: [{ name: 'x-own', value: '<redacted>' }] },
      },
    ]);
    const path = `/webhook_subscriptions/${made.id}`;
    await send(simulator, path, { webhook_subscription: { active: false } }, { method: 'PUT' });
    expect(await shown(made)).toMatchObject({ active: false, events: made.events });
    expect((await send(simulator, path, {}, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(simulator, path)).status).toBe(404);
  });

  it('of one service hears of that alone', async () => {
    const [service] = await askAll<{ id: string }>(simulator, '/services?query=checkout-api', 'services');
    await subscribe(['incident.triggered'], { filter: { type: 'service_reference', id: service?.id } });
    clock = 6 * HOUR;
    await arrivals();
    const services = received.map(({ event }) => (event.data.service as { id: string }).id);
    expect(new Set(services)).toEqual(new Set([service?.id]));
  });

  it('can be tried', async () => {
    const { id } = await subscribe(['incident.triggered']);
    expect((await send(simulator, `/webhook_subscriptions/${id}/ping`)).status).toBe(202);
    await arrivals();
    expect(received.map(({ event }) => event.event_type)).toEqual(['pagey.ping']);
  });

  it.each([
    [{ events: ['incident.paged'] }, 'events.0'],
    [{ filter: { type: 'service_reference' } }, 'filter'],
  ])('is refused with %j', async (more, words) => {
    const wanted = {
      type: 'webhook_subscription',
      delivery_method: { type: 'http_delivery_method', url: 'https://hooks.example/' },
      ...{ events: ['incident.triggered'], filter: { type: 'account_reference' }, ...more },
    };
    const { status, text } = await send(simulator, '/webhook_subscriptions', {
      webhook_subscription: wanted,
    });
    expect([status, text]).toEqual([400, expect.stringContaining(words)]);
  });
});
