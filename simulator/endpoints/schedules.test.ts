import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, startSmall } from '../testing.ts';

interface Reference {
  id: string;
  type: string;
}

interface OnCall {
  user: Reference;
  escalation_policy: Reference;
  schedule: Reference | null;
  escalation_level: number;
  start: string | null;
  end: string | null;
}

interface Part {
  rendered_schedule_entries: { start: string; end: string; user: Reference }[];
  rendered_coverage_percentage: number;
}

interface Schedule extends Reference {
  name: string;
  time_zone: string;
  schedule_layers: (Part & { restrictions: object[] })[];
  overrides_subschedule: Part;
  final_schedule: Part;
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSmall();
});
afterAll(() => simulator.stop());

const onCalls = (query: string) => askAll<OnCall>(simulator, `/oncalls?time_zone=UTC&${query}`, 'oncalls');

describe('on-calls', () => {
  it('are those of now if nothing is said', async () => {
    const now = '2026-11-16T00:00:00Z';
    for (const { start, end } of await onCalls('')) {
      expect(start === null || start <= now).toBe(true);
      expect(end === null || end > now).toBe(true);
    }
  });

  it('are whole, not cut to the range', async () => {
    const [since, until] = ['2026-11-11T00:00:00Z', '2026-11-12T00:00:00Z'];
    const found = await onCalls(`since=${since}&until=${until}`);
    expect(found.some(({ start }) => start !== null && start < since)).toBe(true);
    expect(found.some(({ end }) => end !== null && end > until)).toBe(true);
  });

  it('join without gaps on each schedule but that which has hours', async () => {
    const found = await onCalls('since=2026-10-01T00:00:00Z&until=2026-11-16T00:00:00Z');
    const scheduled = found.filter(({ schedule }) => schedule?.type === 'schedule_reference');
    const groups = Map.groupBy(
      scheduled,
      ({ schedule, escalation_policy, escalation_level }) =>
        `${schedule?.id} ${escalation_policy.id} ${escalation_level}`,
    );
    const withGaps = [...groups.values()].filter((group) =>
      group.slice(1).some(({ start }, index) => start !== group[index]?.end),
    );
    expect(withGaps).toHaveLength(1);
    expect(groups.size).toBeGreaterThan(15);
  });

  it('may be of several people at once on a shift-based schedule', async () => {
    const instant = '2026-11-10T12:00:00Z';
    const found = await onCalls(`since=${instant}&until=${instant}`);
    const shiftBased = found.filter(({ schedule }) => schedule?.type === 'schedule_v3_reference');
    const first = shiftBased.filter(({ escalation_level }) => escalation_level === 1);
    expect(new Set(first.map(({ user }) => user.id)).size).toBe(2);
    expect(new Set(first.map(({ schedule }) => schedule?.id)).size).toBe(1);
  });

  it('of people named directly have neither schedule nor bounds, and one person is in two policies', async () => {
    const direct = await onCalls('schedule_ids[]=null');
    for (const duty of direct) expect(duty).toMatchObject({ schedule: null, start: null, end: null });
    const first = direct.filter(({ escalation_level }) => escalation_level === 1);
    expect(new Set(first.map(({ user }) => user.id)).size).toBe(1);
    expect(new Set(first.map(({ escalation_policy }) => escalation_policy.id)).size).toBe(2);
  });

  it('are known for 90 days ahead and no longer', async () => {
    expect((await ask(simulator, '/oncalls?until=2027-02-14T00:00:00Z')).status).toBe(200);
    expect((await ask(simulator, '/oncalls?until=2027-02-14T00:00:01Z')).status).toBe(400);
  });

  it('can be the first of each person only', async () => {
    const found = await onCalls('earliest=true&since=2026-10-01T00:00:00Z&until=2026-11-16T00:00:00Z');
    const keys = found.map((duty) => `${duty.escalation_policy.id} ${duty.escalation_level} ${duty.user.id}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a schedule', () => {
  const named = async (name: string, query: string) => {
    const [found] = await askAll<Schedule>(
      simulator,
      `/schedules?query=${encodeURIComponent(name)}`,
      'schedules',
    );
    const { body } = await ask<{ schedule: Schedule }>(simulator, `/schedules/${found?.id}?${query}`);
    return body.schedule;
  };
  const one = async (query: string) => {
    const { time_zone: zone, schedule_layers: layers } = await named('Checkout primary', query);
    return { zone, turns: layers[0]?.rendered_schedule_entries ?? [] };
  };

  it('shows its turns only where a bound is given, two weeks of them', async () => {
    expect((await one('')).turns).toEqual([]);
    const { turns } = await one('since=2026-11-02T00:00:00Z&time_zone=UTC');
    expect(turns[0]?.start).toBe('2026-11-02T00:00:00Z');
    expect(turns.at(-1)?.end).toBe('2026-11-16T00:00:00Z');
  });

  it('shows turns whole where they may overflow', async () => {
    const { turns } = await one('since=2026-11-04T00:00:00Z&overflow=true&time_zone=UTC');
    expect(turns[0]?.start).toBe('2026-11-02T08:00:00Z');
  });

  it('hands over at the same hour of the local clock on both sides of a clock change', async () => {
    const { zone, turns } = await one('since=2026-10-12T12:00:00Z&until=2026-11-04T00:00:00Z');
    expect(zone).toBe('Europe/Berlin');
    expect(turns.slice(1).map(({ start }) => start)).toEqual([
      '2026-10-19T09:00:00+02:00',
      '2026-10-26T09:00:00+01:00',
      '2026-11-02T09:00:00+01:00',
    ]);
  });

  it('has overrides in place of turns, which end early and begin late for them', async () => {
    const query = 'since=2026-08-18T00:00:00Z&until=2026-11-16T00:00:00Z&time_zone=UTC';
    const { schedule_layers, overrides_subschedule, final_schedule } = await named('Checkout primary', query);
    const overrides = overrides_subschedule.rendered_schedule_entries;
    const turns = schedule_layers[0]?.rendered_schedule_entries ?? [];
    const final = final_schedule.rendered_schedule_entries;
    expect(overrides.length).toBeGreaterThan(0);
    for (const override of overrides) {
      expect(final).toContainEqual(override);
      const turn = turns.find(({ start, end }) => start < override.start && end > override.start);
      expect(turn?.user.id).not.toBe(override.user.id);
      expect(final.some(({ end, user }) => end === override.start && user.id === turn?.user.id)).toBe(true);
    }
    expect(final_schedule.rendered_coverage_percentage).toBe(100);
  });

  it('with hours has nobody outside of them', async () => {
    const query = 'since=2026-09-14T00:00:00Z&until=2026-09-28T00:00:00Z';
    const { schedule_layers } = await named('Data primary', query);
    const [layer] = schedule_layers;
    expect(layer?.restrictions).toHaveLength(1);
    expect(layer?.rendered_coverage_percentage).toBeCloseTo((100 * 17) / 24, 1);
    const ends = layer?.rendered_schedule_entries.slice(1, -1).map(({ end }) => end.slice(11, 16));
    expect(new Set(ends)).toEqual(new Set(['23:00']));
  });
});
