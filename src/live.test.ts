import { type DataQueryRequest, LoadingState } from '@grafana/data';
import { of, VirtualTimeScheduler } from 'rxjs';
import { expect, test } from 'vitest';
import { live } from './live.ts';
import type { PagebudgetQuery } from './query.ts';

test('a live request asks again every five seconds for the quarter of an hour before', () => {
  const scheduler = new VirtualTimeScheduler(undefined, 12_000);
  const asked: number[] = [];
  const states: unknown[] = [];
  live(
    { liveStreaming: true, targets: [] as PagebudgetQuery[] } as DataQueryRequest<PagebudgetQuery>,
    ({ range, liveStreaming }) => {
      expect(liveStreaming).toBe(false);
      expect(range.to.valueOf() - range.from.valueOf()).toBe(900_000);
      asked.push(range.to.valueOf());
      return of({ data: [] });
    },
    scheduler,
  ).subscribe(({ state }) => states.push(state));
  scheduler.flush();
  expect(asked).toEqual([0, 5_000, 10_000]);
  expect(states).toEqual(Array(3).fill(LoadingState.Streaming));
});
