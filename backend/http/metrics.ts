import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { RequestCount, Status } from '../contract.ts';

/** What is counted of requests to PagerDuty, by endpoint and cause. */
const COUNTERS = {
  requests: 'Requests sent to PagerDuty.',
  retried: 'Requests sent because one before was refused.',
  rows: 'Rows of lists received.',
  bytes: 'Bytes of bodies received.',
  seconds: 'Seconds from sending to the whole answer.',
} as const satisfies Partial<Record<keyof RequestCount, string>>;

/** Single figures of the status; null leaves a figure out. */
const GAUGES = {
  harvest_complete: ['1 when everything was harvested that was asked for.', (it) => Number(it.complete)],
  harvest_stopped: [
    '1 when the harvest stopped for good; GET /status says why.',
    (it) => Number(it.state === 'stopped'),
  ],
  harvested_until_seconds: [
    'Up to here everything was read, Unix time.',
    (it) => it.harvestedUntil && Date.parse(it.harvestedUntil) / 1000,
  ],
  harvest_behind_seconds: ["Seconds from there to now, by PagerDuty's clock.", (it) => it.behindSeconds],
  store_bytes: ['Bytes that the store takes.', (it) => it.store.bytes],
  backfill_done_ratio: ['Share of the backfill that is done.', (it) => it.progress.done],
  pagerduty_requests_recent: ['Requests of the last minute.', (it) => it.requests.perMinute],
  pagerduty_requests_allowed: [
    'Requests that a minute may hold by requestShare.',
    (it) => it.requests.allowedPerMinute,
  ],
  pagerduty_account_limit: [
    "The account's limit as PagerDuty tells it, requests a minute.",
    (it) => it.requests.accountLimit,
  ],
} as const satisfies Record<string, readonly [help: string, of: (status: Status) => number | '' | null]>;

const ofProcess = new Registry();
let collecting = false;

/** The figures of GET /metrics in the text form of Prometheus. */
export async function metricsOf(status: Status): Promise<{ type: string; text: string }> {
  if (!collecting) collectDefaultMetrics({ register: ofProcess });
  collecting = true;
  const registry = new Registry();
  addGauges(registry, status);
  addStreams(registry, status);
  addRequests(registry, status.requests.byEndpoint);
  const all = Registry.merge([registry, ofProcess]);
  return { type: all.contentType, text: await all.metrics() };
}

function addGauges(registry: Registry, status: Status): void {
  for (const [name, [help, of]] of Object.entries(GAUGES)) {
    const value = of(status);
    if (typeof value === 'number') gauge(registry, name, help).set(value);
  }
}

function addStreams(registry: Registry, { streams }: Status): void {
  const rows = gauge(registry, 'stream_rows', 'Rows harvested of a stream.', ['stream']);
  const states = gauge(registry, 'stream_state', '1 for the state that a stream is in.', ['stream', 'state']);
  for (const { stream, state, rows: count } of streams) {
    rows.set({ stream }, count);
    states.set({ stream, state }, 1);
  }
}

function addRequests(registry: Registry, counts: readonly RequestCount[]): void {
  const labelNames = ['endpoint', 'cause'];
  for (const [name, help] of Object.entries(COUNTERS) as [keyof typeof COUNTERS, string][]) {
    const counter = counted(
      registry,
      name === 'requests' ? 'requests' : `requests_${name}`,
      help,
      labelNames,
    );
    for (const { endpoint, cause, [name]: value } of counts) counter.inc({ endpoint, cause }, value);
  }
  const help = 'Requests not answered with 2xx and readable JSON; status 0 where no whole answer came.';
  const refused = counted(registry, 'requests_refused', help, [...labelNames, 'status']);
  for (const { endpoint, cause, statuses } of counts) {
    for (const [status, value] of Object.entries(statuses)) refused.inc({ endpoint, cause, status }, value);
  }
}

function gauge(registry: Registry, name: string, help: string, labelNames: string[] = []): Gauge {
  return new Gauge({ name: `pagebudget_${name}`, help, labelNames, registers: [registry] });
}

function counted(registry: Registry, name: string, help: string, labelNames: string[]): Counter {
  return new Counter({ name: `pagebudget_pagerduty_${name}_total`, help, labelNames, registers: [registry] });
}
