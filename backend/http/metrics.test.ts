import { expect, it } from 'vitest';
import type { Status } from '../contract.ts';
import { metricsOf } from './metrics.ts';

const count = {
  ...{ endpoint: '/incidents/{id}', cause: 'feed', requests: 12, refused: 3, retried: 2, rows: 0, bytes: 99 },
  ...{ seconds: 1.5, statuses: { 429: 2, 0: 1 } },
};

const status: Status = {
  ...{
    version: '1',
    account: null,
    state: 'ready',
    behindSeconds: 30,
    store: { name: 'duckdb:store.duckdb', bytes: 4096 },
    harvestedUntil: '2026-11-16T00:00:00.000Z',
    complete: true,
  },
  ...{
    reason: null,
    error: null,
    lastError: null,
    remarks: [],
    rules: 'r',
    configuration: {
      ...{ hash: 'h', version: 'v', schema: 1, rules: 'r', settings: 's', budgets: 'b' },
      ...{ views: 'w', engine: 'e', zones: 'z' },
    },
    timeZone: 'UTC',
    timeZoneAssumed: true,
  },
  progress: { done: 1, window: null, rows: 7, rowsPerSecond: null, secondsLeft: 0 },
  requests: {
    used: 12,
    refused: 3,
    perMinute: 2,
    allowedPerMinute: 480,
    accountLimit: null,
    byEndpoint: [count],
  },
  streams: [{ stream: 'users', from: null, to: null, state: 'complete', rows: 7, reason: null }],
};

it('tells requests by endpoint and cause, streams and the harvest, and leaves out what is not known', async () => {
  const { text, type } = await metricsOf(status);
  expect(type).toContain('text/plain');
  const lines = text.split('\n');
  for (const line of [
    'pagebudget_pagerduty_requests_total{endpoint="/incidents/{id}",cause="feed"} 12',
    'pagebudget_pagerduty_requests_seconds_total{endpoint="/incidents/{id}",cause="feed"} 1.5',
    'pagebudget_pagerduty_requests_refused_total{endpoint="/incidents/{id}",cause="feed",status="429"} 2',
    'pagebudget_pagerduty_requests_refused_total{endpoint="/incidents/{id}",cause="feed",status="0"} 1',
    'pagebudget_harvested_until_seconds 1794787200',
    'pagebudget_stream_state{stream="users",state="complete"} 1',
  ]) {
    expect(lines).toContain(line);
  }
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toContain('account_limit');
});
