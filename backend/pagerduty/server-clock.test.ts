import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../clock.ts';
import { createServerClock } from './server-clock.ts';

const START = Date.parse('2026-11-16T10:00:00Z');

/** Our own clock, and PagerDuty's, which has just been heard to agree. */
function agreed() {
  let time = START;
  const server = createServerClock(() => time);
  server.hear(time);
  return {
    server,
    /** Lets time go by, then hears a Date that is off by so much; gives back how far the clock is off. */
    hear(after: number, off: number): number {
      time += after;
      server.hear(time + off);
      return server.now() - time;
    },
    /** Sets our own clock. */
    set: (by: number) => {
      time += by;
    },
    time: () => time,
  };
}

describe("PagerDuty's clock", () => {
  it('follows small differences at once, in both directions', () => {
    const { hear } = agreed();
    expect([hear(MINUTE, 2000), hear(MINUTE, -3000), hear(MINUTE, 5 * MINUTE)]).toEqual([
      2000,
      -3000,
      5 * MINUTE,
    ]);
  });

  it('does not run ahead for an answer, or ten minutes of answers, from the future', () => {
    const { hear } = agreed();
    expect(hear(MINUTE, HOUR)).toBe(0);
    expect(hear(MINUTE, 0)).toBe(0);
    for (let minute = 0; minute < 10; minute += 1) expect(hear(MINUTE, HOUR)).toBe(0);
    expect(hear(MINUTE, 0)).toBe(0);
  });

  it('goes back at once, and returns when the next answer does', () => {
    const { hear } = agreed();
    expect(hear(MINUTE, -HOUR)).toBe(-HOUR);
    expect(hear(MINUTE, 0)).toBe(0);
  });

  it('never stalls for ever: a jump that lasts half an hour is believed', () => {
    const { hear } = agreed();
    const offsets = Array.from({ length: 40 }, () => hear(MINUTE, HOUR));
    expect([offsets[0], offsets.at(-1)]).toEqual([0, HOUR]);
  });

  it('comes right with the first answer after our own clock jumped ahead', () => {
    const { server, hear, set, time } = agreed();
    const before = time();
    set(3 * HOUR);
    hear(0, -3 * HOUR);
    expect(server.now()).toBe(before);
  });
});
