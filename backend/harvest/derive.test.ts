import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import type { Span } from '../model/facts/shifts.ts';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Store } from '../store/store.ts';
import { newStore } from '../store/testing/engine.ts';
import { derive } from './derive.ts';
import { deriveAll } from './derive-all.ts';
import { plainAwakeAtNight, plainFlapping, plainPages } from './testing/brute-force.ts';
import { arrive, CONTEXT, COVERED, interleaved, randomAccount, write } from './testing/random-account.ts';
import { BEGIN, drawFrom, randomOnCall, randomZones, USERS } from './testing/random-rows.ts';

async function facts(store: Store) {
  return {
    pages: await store.read<RowOf<'page'>>(sql`SELECT * FROM "page" ORDER BY "id"`),
    incidents: await store.read<RowOf<'incident_fact'>>(
      sql`SELECT * FROM "incident_fact" ORDER BY "incident_id"`,
    ),
    shifts: await store.read<RowOf<'shift'>>(
      sql`SELECT * FROM "shift" ORDER BY "user_id", "start", "escalation_policy_id", "schedule_key"`,
    ),
  };
}

/** Every person's zone at an instant and their night, minutes of the day, as CONTEXT and what is stored say. */
async function clocksIn(store: Store) {
  const zones = await store.read<RowOf<'user_zone'>>(
    sql`SELECT * FROM "user_zone" ORDER BY "user_id", "version"`,
  );
  const owls = await store.read<{ user_id: string }>(
    sql`SELECT "user_id" FROM "team_member" WHERE "team_id" IN (SELECT "id" FROM "team" WHERE "name" = 'Night owls')`,
  );
  const known = new Set(Intl.supportedValuesOf('timeZone'));
  return (user: string, at: number) => {
    const [first, ...later] = zones.filter(({ user_id }) => user_id === user);
    const zone = (later.findLast(({ seen_at }) => Number(seen_at) <= at) ?? first)?.time_zone;
    const isOwl = owls.some(({ user_id }) => user_id === user);
    return {
      timeZone: zone && known.has(zone) ? zone : 'Asia/Kathmandu',
      night: isOwl ? { from: 30, to: 510 } : { from: 22 * 60, to: 8 * 60 },
    };
  };
}

describe('derive', () => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore();
  });
  afterEach(() => store.close());

  it.each([1, 2, 3, 4])('makes the same facts in whatever order rows arrive (account %i)', async (seed) => {
    const draw = drawFrom(seed);
    const account = randomAccount(draw);
    const steps = interleaved(draw, account.streams);
    await arrive(store, steps, draw);
    const grown = await facts(store);

    const atOnce = await newStore();
    await atOnce.transact((writer) => write(writer, steps));
    await deriveAll(atOnce, CONTEXT);
    expect(grown).toEqual(await facts(atOnce));
    await atOnce.close();

    const plain = grown.pages.map(
      ({ id, user_id, incident_id, time, notifications, interruption, awake_until }) => ({
        id,
        user_id,
        incident_id,
        time,
        notifications,
        interruption,
        awake_until,
      }),
    );
    expect(plain).toEqual(plainPages(account.entries));
    const stretches = plainAwakeAtNight(plain, await clocksIn(store));
    expect(grown.pages.map(({ id, awake_at_night }) => [id, awake_at_night])).toEqual(
      plain.map(({ id }) => [id, stretches.get(id) ?? 0]),
    );
    expect([...stretches.values()].some((length) => length > 0)).toBe(true);
    const alike = Map.groupBy(
      account.incidents,
      ({ id }) => grown.incidents.find((fact) => fact.incident_id === id)?.fingerprint,
    );
    const flapping = [...alike.values()].flatMap((incidents) => [...plainFlapping(incidents)]);
    expect(grown.incidents.filter((fact) => fact.flapping).map((fact) => fact.incident_id)).toEqual(
      flapping.sort(),
    );
  });

  it.each([5, 6])(
    'makes the same shifts whether on-call time is known at once or bit by bit (account %i)',
    async (seed) => {
      const draw = drawFrom(seed);
      const onCalls = Array.from({ length: 25 }, (_, n) => randomOnCall(draw, n));
      await store.transact(async (writer) => {
        await writer.put('on_call', onCalls);
        await writer.put('user_zone', randomZones());
      });
      const touch = (onCallSpan: Span, known: Span) =>
        store.transact((writer) =>
          derive(writer, { onCall: USERS, onCallSpan }, { ...CONTEXT, covered: known }),
        );

      let known = { from: BEGIN + 2 * DAY, until: BEGIN + 2 * DAY + HOUR };
      await touch(known, known);
      while (known.from > COVERED.from || known.until < COVERED.until) {
        const step = draw.whole(1, 90) * 20 * MINUTE;
        const back = draw.number() < 0.5;
        const before = known;
        known = back
          ? { ...before, from: Math.max(COVERED.from, before.from - step) }
          : { ...before, until: Math.min(COVERED.until, before.until + step) };
        const grown = back
          ? { from: known.from, until: before.from }
          : { from: before.until, until: known.until };
        await touch(grown, known);
      }
      const bitByBit = (await facts(store)).shifts;
      await store.transact((writer) => writer.remove('shift', sql`TRUE`));
      await touch(COVERED, COVERED);
      expect((await facts(store)).shifts).toEqual(bitByBit);
      expect(bitByBit.length).toBeGreaterThan(100);
    },
  );
});
