import { type DataQueryRequest, type DataQueryResponse, dateTime, LoadingState } from '@grafana/data';
import { exhaustMap, map, type Observable, type SchedulerLike, timer } from 'rxjs';
import type { PagebudgetQuery } from './query.ts';

const EVERY = 5_000;
const LOOK_BACK = 15 * 60_000;

type Ask = (request: DataQueryRequest<PagebudgetQuery>) => Observable<DataQueryResponse>;

/** Asks the same every few seconds for the last quarter of an hour, as Explore's Live does; a slow answer delays the next question. */
export function live(
  request: DataQueryRequest<PagebudgetQuery>,
  ask: Ask,
  scheduler?: SchedulerLike,
): Observable<DataQueryResponse> {
  return timer(0, EVERY, scheduler).pipe(
    exhaustMap(() =>
      ask({ ...request, liveStreaming: false, range: lately(scheduler?.now() ?? Date.now()) }),
    ),
    map((response) => ({ ...response, state: LoadingState.Streaming })),
  );
}

function lately(now: number) {
  const from = dateTime(now - LOOK_BACK);
  const to = dateTime(now);
  return { from, to, raw: { from, to } };
}
