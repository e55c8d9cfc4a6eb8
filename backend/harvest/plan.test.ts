import { describe, expect, it } from 'vitest';
import { zoneOf } from '../calendar/zone.ts';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import type { TimedStream } from '../pagerduty/endpoints/index.ts';
import {
  contiguousFrom,
  harvestSince,
  missingWindows,
  nextFeed,
  nextLook,
  nextWindow,
  smaller,
  sureAfter,
  type Window,
  waiting,
  watermarkAgain,
} from './plan.ts';

const NOW = Date.parse('2026-11-16T10:17:23Z');

const window = (
  start: number,
  end: number,
  state = 'waiting',
  stream: TimedStream = 'log_entries',
): Window => ({
  ...waiting(stream, { start, end }),
  state,
});

describe('the feed', () => {
  it('reads from a quarter of an hour before its watermark to a little before now', () => {
    expect(nextFeed(NOW - MINUTE, NOW)).toEqual({ start: NOW - 16 * MINUTE, end: NOW - 5000 });
  });

  it('catches up a day at a time', () => {
    expect(nextFeed(NOW - 9 * DAY, NOW).end).toBe(NOW - 8 * DAY);
  });

  it('begins after a pause where entries could still become visible, and is sure of what was a day old', () => {
    const watermark = NOW - 9 * DAY;
    const sure = watermark - 20 * HOUR;
    const span = nextFeed(watermark, NOW, sure);
    expect(span).toEqual({ start: sure, end: NOW - 8 * DAY });
    expect(sureAfter(sure, span, NOW)).toBe(NOW - 8 * DAY);
    expect(sureAfter(sure, { start: sure + 1, end: NOW }, NOW)).toBe(sure);
    expect(sureAfter(sure, { start: sure, end: NOW }, NOW)).toBe(NOW - DAY);
    expect(nextFeed(NOW - MINUTE, NOW, sure).start).toBe(NOW - 16 * MINUTE);
  });

  it('never goes back behind its watermark, whatever the clock says, but reads what is new by the clock', () => {
    expect(nextFeed(NOW, NOW - DAY)).toEqual({ start: NOW - DAY - 15 * MINUTE, end: NOW });
  });

  it('begins anew a day back, or where entries are sure, when its watermark was wrong', () => {
    expect(watermarkAgain(NOW, NOW - 30 * HOUR)).toBe(NOW - 30 * HOUR);
    expect(watermarkAgain(NOW, NOW + DAY)).toBe(NOW - DAY);
  });
});

describe('the second look', () => {
  it.each([
    ['UTC', '2026-11-16T10:17:23Z', '2026-11-17T03:00:00Z'],
    ['UTC', '2026-11-16T03:00:10Z', '2026-11-17T03:00:00Z'],
    ['Asia/Kathmandu', '2026-11-16T10:17:23Z', '2026-11-17T21:15:00Z'],
    ['Europe/Berlin', '2026-03-28T02:00:00Z', '2026-03-29T01:00:00Z'],
  ])('is due in the night of %s: after %s at %s', (zone, last, due) => {
    expect(new Date(nextLook(Date.parse(last), zoneOf(zone))).toISOString()).toBe(due.replace('Z', '.000Z'));
  });
});

describe('the backfill', () => {
  it('reaches back whole UTC days, so that its begin does not depend on the hour of the first start', () => {
    expect(new Date(harvestSince({ days: 28 }, NOW)).toISOString()).toBe('2026-10-19T00:00:00.000Z');
    expect(harvestSince({ at: NOW + DAY }, NOW)).toBe(NOW);
  });

  it('is planned without a gap or an overlap from its begin to the first start', () => {
    const windows = missingWindows('log_entries', NOW - 30 * DAY, NOW, null);
    expect(windows[0]?.end).toBe(NOW);
    expect(windows.at(-1)?.start).toBe(NOW - 30 * DAY);
    for (const [i, newer] of windows.slice(0, -1).entries()) expect(windows[i + 1]?.end).toBe(newer.start);
  });

  it('is extended, not planned anew, when it shall reach further back', () => {
    const windows = missingWindows('incidents', NOW - 40 * DAY, NOW, NOW - 30 * DAY);
    expect(windows).toEqual([window(NOW - 40 * DAY, NOW - 30 * DAY, 'waiting', 'incidents')]);
    expect(missingWindows('incidents', NOW - 20 * DAY, NOW, NOW - 30 * DAY)).toEqual([]);
  });

  it('takes the newest window of a stream that works', () => {
    const windows = [
      window(0, 10),
      window(10, 20),
      window(20, 30, 'done'),
      window(15, 25, 'waiting', 'on_call'),
    ];
    expect(nextWindow(windows, () => true)).toBe(windows[3]);
    expect(nextWindow(windows, (stream) => stream === 'log_entries')).toBe(windows[1]);
    expect(nextWindow(windows, () => false)).toBeNull();
  });

  it('reaches as far back as its windows are done without a gap', () => {
    expect(contiguousFrom([window(20, 30), window(10, 20, 'done')], 30)).toBeNull();
    expect(contiguousFrom([window(20, 30, 'done'), window(10, 20), window(0, 10, 'done')], 30)).toBe(20);
    const split = [
      window(10, 30, 'split'),
      window(20, 30, 'done'),
      window(10, 20, 'done'),
      window(5, 10, 'done'),
    ];
    expect(contiguousFrom(split, 30)).toBe(5);
  });

  it('cuts a span at whole seconds, in two or by the rows that it holds, and none of a second', () => {
    expect(smaller({ start: 0, end: 5000 }, null)).toEqual([
      { start: 0, end: 2000 },
      { start: 2000, end: 5000 },
    ]);
    expect(smaller({ start: 0, end: 1000 }, 20_000)).toBeNull();
    expect(smaller({ start: 500, end: 2500 }, 900_000)).toEqual([
      { start: 500, end: 1000 },
      { start: 1000, end: 2500 },
    ]);
    const pieces = smaller({ start: NOW, end: NOW + 180 * DAY }, 100_000) ?? [];
    expect(pieces).toHaveLength(17);
    expect(pieces[0]?.start).toBe(NOW);
    expect(pieces.at(-1)?.end).toBe(NOW + 180 * DAY);
    for (const [i, piece] of pieces.slice(1).entries()) expect(piece.start).toBe(pieces[i]?.end);
  });
});
