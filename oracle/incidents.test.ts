import { expect, test } from 'vitest';
import type { RawIncident, RawLogEntry } from './account.ts';
import { factsOf } from './facts.ts';
import { normalisedTitle } from './fingerprint.ts';
import { account, entry, incident, reference } from './sample.ts';

const minute = (minutes: number) =>
  new Date(Date.parse('2026-03-02T00:00:00Z') + minutes * 60_000).toISOString();
const anna = { agent: reference('user', 'ANNA') };
const robot = { agent: reference('service', 'S') };

function factOf(fields: Partial<RawIncident>, logEntries: RawLogEntry[]) {
  return factsOf(account({ incidents: [incident('I', minute(0), fields)], logEntries })).incidents[0];
}

test('only a person acknowledges, under either name of the entry', () => {
  const logEntries = [
    entry('acknowledge', 'I', minute(1), robot),
    entry('acknowledge', 'I', minute(2), { agent: null }),
    entry('acknowledgement', 'I', minute(3), anna),
    entry('acknowledge', 'I', minute(4), anna),
  ];
  expect(factOf({}, logEntries)?.acknowledgedAfter).toBe(180);
  expect(factOf({}, logEntries.slice(0, 2))?.acknowledgedAfter).toBeNull();
});

test('the last resolve entry tells who resolved', () => {
  const resolved = { resolved_at: minute(9) };
  const by = (...fields: Partial<RawLogEntry>[]) =>
    factOf(
      resolved,
      fields.map((one, index) => entry('resolve', 'I', minute(index + 1), one)),
    )?.resolvedBy;
  expect(by(robot, anna)).toBe('user');
  expect(by(anna, { ...robot, channel: { type: 'timeout' } })).toBe('timeout');
  expect(by({ agent: null })).toBe('integration');
  expect(by()).toBeNull();
  expect(factOf({}, [entry('resolve', 'I', minute(1), anna)])?.resolvedBy).toBeNull();
});

test('transient is auto-resolved under 300 seconds without an acknowledgement by a person', () => {
  const transient = (minutes: number, ...more: RawLogEntry[]) =>
    factOf({ resolved_at: minute(minutes) }, [...more, entry('resolve', 'I', minute(minutes), robot)])
      ?.transient;
  expect(transient(4.99)).toBe(true);
  expect(transient(5)).toBe(false);
  expect(transient(4, entry('acknowledge', 'I', minute(1), anna))).toBe(false);
});

test('a merged source has no time to resolve, and nothing is known of its actionability', () => {
  const merged = { resolved_at: minute(2), resolve_reason: { type: 'merge_resolve_reason' } };
  const resolve = entry('resolve', 'I', minute(2), anna);
  expect(factOf(merged, [resolve])).toMatchObject({
    resolvedAfter: null,
    autoResolved: false,
    actionable: 'unknown',
  });
});

test('actionable is what people did, unless the latest label says otherwise', () => {
  const auto = { resolved_at: minute(9) };
  const end = entry('resolve', 'I', minute(9), robot);
  const verdict = (...entries: RawLogEntry[]) => factOf(auto, [...entries, end])?.actionable;
  const note = (at: number, summary: string) =>
    entry('annotate', 'I', minute(at), { ...anna, channel: { summary } });
  expect(verdict()).toBe('no');
  expect(verdict(entry('acknowledge', 'I', minute(1), anna), entry('snooze', 'I', minute(1), anna))).toBe(
    'no',
  );
  expect(verdict(entry('assign', 'I', minute(0), anna))).toBe('unknown');
  expect(verdict(entry('assign', 'I', minute(1), anna))).toBe('yes');
  expect(verdict(note(1, 'looked at it'))).toBe('yes');
  expect(verdict(note(1, 'that was #threshold again'))).toBe('no');
  expect(verdict(note(1, '#threshold'), note(2, '#service-issue-wrong-time'))).toBe('yes');
  expect(verdict(note(1, '#threshold'), note(2, '#duplicate'))).toBe('unknown');
  expect(verdict(note(2, '#threshold'), note(2, '#service-issue'))).toBe('no');
});

function flapping(openings: [createdAt: number, openFor: number | null][], title = 'Disk full'): number[] {
  const incidents = openings.map(([at, openFor], index) =>
    incident(`I${index}`, minute(at), {
      title,
      ...(openFor === null ? {} : { resolved_at: minute(at + openFor) }),
    }),
  );
  return factsOf(account({ incidents })).incidents.flatMap((one, index) => (one.flapping ? [index] : []));
}

test('three within an hour flap, and so does each next one under an hour later', () => {
  expect(
    flapping([
      [0, 30],
      [20, 30],
      [59.9, 30],
      [119.8, 30],
      [179.8, 30],
    ]),
  ).toEqual([0, 1, 2, 3]);
  expect(
    flapping([
      [0, 30],
      [20, 30],
      [60, 30],
    ]),
  ).toEqual([]);
});

test('five within a day flap only when their median was open under 15 minutes', () => {
  const hours = [0, 4, 8, 12, 16];
  expect(flapping(hours.map((hour) => [hour * 60, 14]))).toEqual([0, 1, 2, 3, 4]);
  expect(flapping(hours.map((hour) => [hour * 60, 15]))).toEqual([]);
  expect(flapping(hours.map((hour, index) => [hour * 60, index < 3 ? 1 : null]))).toEqual([0, 1, 2, 3, 4]);
  expect(flapping(hours.map((hour, index) => [hour * 60, index < 2 ? 1 : null]))).toEqual([]);
});

test('titles lose what varies between two alerts of one kind', () => {
  const cases = {
    'Disk 93.5% full on  web-12': 'disk <n>% full on web-<n>',
    'Host 10.0.0.12:9100 down since 2026-03-02T10:00:00Z': 'host <ip> down since <time>',
    'Job 0b7e9c1a-1f2d-4c3b-9a8d-0123456789ab failed at 12:30': 'job <uuid> failed at <time>',
    'Pod api-7d9f8b6c5d-x2x4z restarts': 'pod api-<host> restarts',
    'Commit deadbeef1 broke fe80::1:2:3': 'commit <hex> broke <ip>',
    ' Bad face  ': 'bad face',
  };
  expect(Object.keys(cases).map(normalisedTitle)).toEqual(Object.values(cases));
});
