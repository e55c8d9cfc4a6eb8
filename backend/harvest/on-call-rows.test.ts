import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../clock.ts';
import { onCallId } from '../pagerduty/endpoints/on-calls.ts';
import { takenBack } from './on-call-rows.ts';

const NOW = Date.parse('2026-11-16T10:00:00Z');
const whole = { span: { start: NOW, end: NOW + 14 * DAY }, now: NOW };

function onCall(user_id: string, start: number | null, end: number | null) {
  const row = { user_id, escalation_policy_id: 'E1', schedule_id: 'C1', level: 1, start, end };
  return { id: onCallId(row), ...row };
}

describe('an on-call entry that PagerDuty no longer tells', () => {
  it('is gone when it had not begun', () => {
    const row = onCall('U1', NOW + DAY, NOW + 2 * DAY);
    expect(takenBack([row], [], whole)).toEqual({ gone: [row], ended: [] });
  });

  it('ends now when it had begun, permanent ones too', () => {
    const rows = [onCall('U1', NOW - DAY, NOW + DAY), onCall('U2', null, null)];
    expect(takenBack(rows, [], whole).ended).toEqual([onCall('U1', NOW - DAY, NOW), onCall('U2', null, NOW)]);
  });

  it('gives way to the same entry with another end', () => {
    const row = onCall('U1', NOW - DAY, NOW + DAY);
    expect(takenBack([row], [onCall('U1', NOW - DAY, NOW + HOUR)], whole)).toEqual({
      gone: [row],
      ended: [],
    });
  });

  it('stays when it lies outside the span that was asked', () => {
    const rows = [onCall('U1', NOW - 2 * DAY, NOW - DAY), onCall('U1', NOW + 20 * DAY, NOW + 21 * DAY)];
    expect(takenBack(rows, [], whole)).toEqual({ gone: [], ended: [] });
  });
});
