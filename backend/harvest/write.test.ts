import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incidents } from '../pagerduty/endpoints/incidents.ts';
import { addReading, emptyReading, type Reading } from '../pagerduty/endpoints/reading.ts';
import { sql } from '../sql/statement.ts';
import type { Store } from '../store/store.ts';
import { newStore } from '../store/testing/engine.ts';
import { at, BEGIN, incident, type Raw, ref } from './tiny-account.fixture.ts';
import { writeReading } from './write.ts';

const context = { hashEmail: (email: string) => email, runbookPattern: /runbook/ };

let store: Store;
beforeEach(async () => {
  store = await newStore();
});
afterEach(() => store.close());

/** What an answer given so many minutes after the beginning tells of incident Q1. */
function told(minutes: number, more: Raw): Reading {
  const reading = emptyReading();
  const raw = incident(1, 0, more);
  addReading(reading, incidents.parse(raw, { ...context, at: BEGIN + minutes * 60_000 }, 0) ?? {});
  return reading;
}

const refusal = (minutes: number) => ({
  incident_id: 'Q1',
  status: 403,
  seen_at: BEGIN + minutes * 60_000,
});

const write = (reading: Reading, refused: ReturnType<typeof refusal>[] = []) =>
  store.transact((writer) => writeReading(writer, reading, refused));

async function stored() {
  const rows = await store.read(sql`SELECT "title" FROM "incident"`);
  const teams = await store.read(sql`SELECT "team_id" FROM "incident_team" ORDER BY 1`);
  return [...rows.map((row) => row.title), ...teams.map((row) => row.team_id)];
}

describe('what is told of an incident', () => {
  const older = told(20, { title: 'older', updated_at: at(5), teams: [ref('team', 'T1')] });
  const newer = told(19, { title: 'newer', updated_at: at(6), teams: [ref('team', 'T2')] });
  const again = told(21, { title: 'again', updated_at: at(6), teams: [ref('team', 'T3')] });

  it.each([
    ['an older state after a newer one', [newer, older], ['newer', 'T2']],
    ['a newer state after an older one', [older, newer], ['newer', 'T2']],
    ['of one change the later answer, come first', [again, newer], ['again', 'T3']],
    ['of one change the later answer, come last', [newer, again], ['again', 'T3']],
  ])('never goes back: %s', async (_case, readings, expected) => {
    for (const reading of readings) await write(reading);
    expect(await stored()).toEqual(expected);
  });

  it('never goes back within one reading either', async () => {
    const reading = emptyReading();
    for (const part of [again, older, newer]) addReading(reading, part);
    await write(reading);
    expect(await stored()).toEqual(['again', 'T3']);
  });

  it('stays unreadable when an answer from before the refusal comes late', async () => {
    await write(emptyReading(), [refusal(30)]);
    await write(again);
    expect(await stored()).toEqual([]);
  });

  it('stays readable when a refusal from before the answer comes late', async () => {
    await write(again);
    await write(emptyReading(), [refusal(20)]);
    expect(await stored()).toEqual(['again', 'T3']);
  });

  it('keeps its teams where nobody may read it any more', async () => {
    await write(newer);
    await write(emptyReading(), [refusal(30)]);
    expect(await stored()).toEqual(['T2']);
    await write(told(40, { title: 'back', updated_at: at(6) }));
    expect(await stored()).toEqual(['back', 'T1']);
  });
});

describe('an incident that is told again', () => {
  const first = told(20, { updated_at: at(5), teams: [ref('team', 'T1')] });

  it('as it is changes no answer, but is known to be seen later', async () => {
    expect([...(await write(first))]).toEqual(['Q1']);
    const before = store.version;
    expect([...(await write(told(30, { updated_at: at(5), teams: [ref('team', 'T1')] })))]).toEqual([]);
    expect(store.changedSince(before)).toBe(Number.POSITIVE_INFINITY);
    await write(told(25, { title: 'from before', updated_at: at(5) }));
    expect(await stored()).not.toContain('from before');
  });

  it.each([
    ['a title', { title: 'other', teams: [ref('team', 'T1')] }],
    ['a team', { teams: [ref('team', 'T1'), ref('team', 'T2')] }],
    ['a team less', { teams: [] }],
  ])('with another state changes answers from its creation on: %s', async (_case, more) => {
    await write(first);
    const before = store.version;
    expect([...(await write(told(30, { updated_at: at(5), ...more })))]).toEqual(['Q1']);
    expect(store.changedSince(before)).toBeLessThanOrEqual(BEGIN);
  });
});

describe('an incident that nobody may read', () => {
  const entryOf = (team_id: string): Reading => {
    const reading = emptyReading();
    reading.entryTeams.set(team_id, { incident_id: 'Q1', team_id });
    return reading;
  };

  it('changes answers about all that ever happened where an entry tells of another team', async () => {
    await write(entryOf('T1'), [refusal(20)]);
    const before = store.version;
    await write(entryOf('T2'), [refusal(20)]);
    expect(store.changedSince(before)).toBe(Number.NEGATIVE_INFINITY);
    expect(await stored()).toEqual(['T1', 'T2']);
  });
});
