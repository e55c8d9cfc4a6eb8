import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../clock.ts';
import { onCallId } from '../pagerduty/endpoints/on-calls.ts';
import { takenBack } from './on-call-past.ts';

const NOW = Date.parse('2026-11-16T10:00:00Z');
const whole = { span: { start: NOW - DAY, end: NOW + 14 * DAY }, now: NOW };

function onCall(
  user_id: string,
  start: number | null,
  end: number | null,
  schedule_id: string | null = 'C1',
) {
  const row = { user_id, escalation_policy_id: 'E1', schedule_id, level: 1, start, end };
  return { id: onCallId(row), ...row };
}

type Row = ReturnType<typeof onCall>;
const take = (stored: Row[], told: Row[]) => {
  const known = new Set(stored.map(({ id }) => id));
  return takenBack(stored, { told, fresh: told.filter(({ id }) => !known.has(id)) }, whole);
};

describe('an on-call entry that PagerDuty no longer tells', () => {
  it('is gone when it had not begun', () => {
    const row = onCall('U1', NOW + DAY, NOW + 2 * DAY);
    expect(take([row], [])).toEqual({ gone: [row], left: [] });
  });

  it('ends now when it had begun, permanent ones too', () => {
    const rows = [onCall('U1', NOW - DAY, NOW + DAY), onCall('U2', null, null, null)];
    expect(take(rows, []).left).toEqual([onCall('U1', NOW - DAY, NOW), onCall('U2', null, NOW, null)]);
  });

  it('gives way to the same entry with another end', () => {
    const row = onCall('U1', NOW - DAY, NOW + DAY);
    expect(take([row], [onCall('U1', NOW - DAY, NOW + HOUR)])).toEqual({ gone: [row], left: [] });
  });

  it('stays when it lies outside the span that was asked', () => {
    const rows = [onCall('U1', NOW - 3 * DAY, NOW - 2 * DAY), onCall('U1', NOW + 20 * DAY, NOW + 21 * DAY)];
    expect(take(rows, [])).toEqual({ gone: [], left: [] });
  });

  it('gives way to an override that began and ended since, and does not grow', () => {
    const row = onCall('U1', NOW - 12 * HOUR, NOW - 2 * HOUR);
    const told = [
      onCall('U2', NOW - 12 * HOUR, NOW - 9 * HOUR),
      onCall('U1', NOW - 9 * HOUR, NOW - 2 * HOUR),
    ];
    expect(take([row], told)).toEqual({ gone: [row], left: [] });
  });

  it('stays as history where nothing takes its place, as when a policy lost its schedule', () => {
    const row = onCall('U1', NOW - 12 * HOUR, NOW - 2 * HOUR);
    expect(take([row], [])).toEqual({ gone: [], left: [] });
    expect(take([row], [onCall('U2', NOW - 12 * HOUR, NOW - 2 * HOUR, 'C2')])).toEqual({
      gone: [],
      left: [],
    });
  });

  it('keeps the part of the past that an override leaves', () => {
    const row = onCall('U1', NOW - 12 * HOUR, NOW - 2 * HOUR);
    const override = onCall('U2', NOW - 8 * HOUR, NOW - 7 * HOUR);
    expect(take([row], [override]).left).toEqual([
      onCall('U1', NOW - 12 * HOUR, NOW - 8 * HOUR),
      onCall('U1', NOW - 7 * HOUR, NOW - 2 * HOUR),
    ]);
  });

  it('is not cut by another person who was on call beside it all along', () => {
    const [one, other] = [
      onCall('U1', NOW - 12 * HOUR, NOW + HOUR),
      onCall('U2', NOW - 12 * HOUR, NOW + HOUR),
    ];
    expect(take([one, other], [other]).left).toEqual([onCall('U1', NOW - 12 * HOUR, NOW)]);
  });

  it('of a direct target is not cut by other targets of its level', () => {
    const row = onCall('U1', null, null, null);
    expect(take([row], [onCall('U2', null, null, null)]).left).toEqual([onCall('U1', null, NOW, null)]);
  });
});
