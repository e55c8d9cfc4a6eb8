import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import { type Ledger, windowKey } from './ledger.ts';
import { type Window, waiting } from './plan.ts';
import { createPace } from './progress.ts';

const ledgerOf = (...windows: Window[]) =>
  ({
    coverage: new Map(),
    windows: new Map(windows.map((one) => [windowKey(one), one])),
  }) as unknown as Ledger;

it('time left is reckoned from where windows began to be read, not from a backfill that ended long before', () => {
  let now = 0;
  const pace = createPace({ now: () => now, sleep: async () => undefined });
  const [first, second, third] = [1, 2, 3].map((day) =>
    waiting('incidents', { start: day * DAY, end: (day + 1) * DAY }),
  ) as [Window, Window, Window];
  const done = (window: Window): Window => ({ ...window, state: 'done' });
  pace.begin(first);
  now += HOUR;
  pace.windowDone(first, ledgerOf(done(first)));
  now += 1000 * HOUR;
  const begun = ledgerOf(done(first), second, third);
  pace.begin(second);
  expect(pace.progress(begun).secondsLeft).toBeNull();
  now += MINUTE;
  const half = ledgerOf(done(first), done(second), third);
  pace.windowDone(second, half);
  expect(pace.progress(half).secondsLeft).toBe(60);
});
