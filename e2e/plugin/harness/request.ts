import { CoreApp, type DataQueryRequest, dateTime, type TimeRange } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

const day = 86_400_000;

/** The request that a panel makes of the query, for the range and zone in the page's address. */
export function requestOf<Target extends DataQuery>(
  query: Target,
  address: URLSearchParams,
): DataQueryRequest<Target> {
  return {
    app: CoreApp.PanelEditor,
    requestId: 'harness',
    targets: [query],
    range: rangeOf(address),
    timezone: address.get('timezone') ?? 'browser',
    interval: '1h',
    intervalMs: 3_600_000,
    maxDataPoints: 1000,
    scopedVars: {},
    startTime: Date.now(),
  };
}

function rangeOf(address: URLSearchParams): TimeRange {
  const to = dateTime(address.get('to') ?? Date.now());
  const from = dateTime(address.get('from') ?? to.valueOf() - 28 * day);
  return { from, to, raw: { from, to } };
}
