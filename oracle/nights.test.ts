import { expect, test } from 'vitest';
import type { RawLogEntry, RawOnCall } from './account.ts';
import { factsOf } from './facts.ts';
import { nightAnswer } from './nights.ts';
import { noiseAnswer } from './noise.ts';
import type { TableQuery } from './query.ts';
import { account, duty, entry, incident, notify, reference } from './sample.ts';

const range = { from: '2026-03-02T12:00:00.000Z', to: '2026-03-03T12:00:00.000Z' };

function asked(queryType: TableQuery['queryType']): TableQuery {
  return {
    refId: 'A',
    queryType,
    range,
    timeZone: 'UTC',
    filters: [],
    intervalMs: 60_000,
    maxDataPoints: 100,
  };
}

function factsFrom(
  logEntries: RawLogEntry[],
  onCalls: RawOnCall[] = [],
  harvestedUntil = '2026-05-01T00:00:00Z',
) {
  const incidents = ['I', 'J', 'K'].map((id) => incident(id, '2026-03-02T13:00:00Z', { title: id }));
  return factsOf(account({ incidents, logEntries, onCalls, harvestedUntil: Date.parse(harvestedUntil) }));
}

function nights(...of: Parameters<typeof factsFrom>) {
  return nightAnswer(factsFrom(...of), asked('night')).rows.map(({ cells }) => cells);
}

const acted = (id: string, at: string) => entry('acknowledge', id, at, { agent: reference('user', 'ANNA') });

test('a quiet night on call is one block of 600 minutes', () => {
  const rows = nights([], [duty('ANNA', '2026-03-02T08:00:00Z', '2026-03-03T02:00:00Z')]);
  expect(rows).toEqual([
    {
      user: 'anna',
      user_id: 'ANNA',
      night: '2026-03-02',
      on_call_hours: 5,
      sleep_interruptions: 0,
      awake_minutes: 0,
      longest_block_minutes: 600,
      broken: false,
      severe: false,
      recovery_hours: null,
    },
  ]);
});

test('a night is awake from each page to 20 minutes after the last act, or after 10 minutes without one', () => {
  const rows = nights([
    notify('I', 'ANNA', '2026-03-02T23:00:00Z'),
    acted('I', '2026-03-02T23:10:00Z'),
    notify('J', 'ANNA', '2026-03-02T23:25:00Z'),
    notify('K', 'ANNA', '2026-03-03T01:00:00Z'),
    acted('K', '2026-03-03T05:00:01Z'),
    notify('K', 'ANNA', '2026-03-04T11:00:00Z'),
  ]);
  expect(rows).toMatchObject([
    {
      sleep_interruptions: 3,
      awake_minutes: 85,
      longest_block_minutes: 330,
      broken: true,
      severe: false,
      recovery_hours: 28,
    },
  ]);
});

test('a page before 22:00 counts as far as it reaches into the night', () => {
  const rows = nights([notify('I', 'ANNA', '2026-03-02T20:55:00Z'), acted('I', '2026-03-02T21:00:00Z')]);
  expect(rows).toMatchObject([{ sleep_interruptions: 0, awake_minutes: 20, longest_block_minutes: 580 }]);
});

test('a night that is not over knows its hours and pages, but not its rest', () => {
  const logEntries = [notify('I', 'ANNA', '2026-03-02T23:00:00Z')];
  const rows = nights(logEntries, [duty('ANNA', null, null)], '2026-03-03T00:00:00Z');
  expect(rows).toMatchObject([
    { on_call_hours: 3, sleep_interruptions: 1, awake_minutes: null, broken: null },
  ]);
});

test('noise charges a merged awake stretch to the fingerprint that began it', () => {
  const facts = factsFrom([
    notify('I', 'ANNA', '2026-03-02T23:00:00Z'),
    acted('I', '2026-03-02T23:10:00Z'),
    notify('J', 'ANNA', '2026-03-02T23:25:00Z'),
    notify('J', 'ROY', '2026-03-02T13:00:00Z'),
  ]);
  const rows = noiseAnswer(facts, asked('noise')).rows.map(({ cells }) => cells);
  expect(rows).toMatchObject([
    {
      fingerprint_id: 'S|t:i',
      interruptions: 1,
      awake_minutes: { oneOf: [55, 55] },
      share: { oneOf: [1 / 3, 1 / 3] },
    },
    { fingerprint_id: 'S|t:j', pages: 2, sleep_interruptions: 1, awake_minutes: { oneOf: [0, 0] } },
    { fingerprint_id: 'S|t:k', pages: 0, interruptions: 0, auto_resolved_share: null },
  ]);
});
