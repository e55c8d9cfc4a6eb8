import { expect, it } from 'vitest';
import { accountHours } from '../../calendar/hours.ts';
import { zoneOf } from '../../calendar/zone.ts';
import { readConfig } from '../../config.ts';
import { pageFacts } from './page-facts.ts';
import { unreadableIncident } from './paged-incident.ts';
import { zonesOf } from './person.ts';
import { ANNA, CREATED, sampleEntry, sampleIncident } from './testing/samples.ts';

const context = {
  pageWindow: 300_000,
  personOf: () => ({ hours: accountHours(readConfig({})), zones: zonesOf([], zoneOf('Asia/Kolkata')) }),
  priorityOf: (text: string) => (text === 'Severe' ? 'P1' : text),
};

const told = {
  ...{ service_id: 'S1', escalation_policy_id: 'E1' },
  ...{ fingerprint: 'F1', category: 'disk', own: false },
};

const entries = [
  sampleEntry('notify', 60, { user_id: 'ANNA', notification_type: 'sms_notification', id: 'first' }),
  sampleEntry('notify', 120, { user_id: 'ANNA', notification_type: 'phone_notification' }),
  sampleEntry('urgency_change', 200),
  sampleEntry('priority_change', 210, { old_priority: 'Severe' }),
  sampleEntry('acknowledge', 240, ANNA),
  sampleEntry('acknowledge', 900, { ...ANNA, agent_type: 'service_reference' }),
  sampleEntry('notify', 1000, { ...ANNA, user_id: 'BEN', id: 'other' }),
];

it('tells of each page when, by what means, in which hour, at what urgency and priority, and how long it keeps awake', () => {
  const incident = sampleIncident({ urgency: 'low', priority_id: 'P2' });
  const pages = pageFacts({ id: 'Q1', incident, told }, entries, context);
  expect(pages).toEqual([
    {
      id: 'first',
      incident_id: 'Q1',
      user_id: 'ANNA',
      time: CREATED + 60_000,
      means: 'sms',
      local_time: Date.parse('2026-03-10T17:31:00Z'),
      hour_class: 'business',
      weekday: 2,
      hour: 17,
      night: null,
      urgency: 'high',
      priority_id: 'P1',
      notifications: 2,
      interruption: false,
      awake_until: CREATED + (240 + 1200) * 1000,
      awake_at_night: 0,
      ...told,
    },
    expect.objectContaining({
      id: 'other',
      urgency: 'low',
      priority_id: 'P2',
      awake_until: CREATED + (1000 + 1800) * 1000,
    }),
  ]);
});

it('knows no more than the service of an incident that cannot be read', () => {
  const pages = pageFacts(unreadableIncident('Q1', 'S1'), entries, context);
  expect(pages).toMatchObject([
    { urgency: null, priority_id: null, service_id: 'S1', fingerprint: null, own: false },
    { urgency: null, priority_id: null, service_id: 'S1', fingerprint: null, own: false },
  ]);
});
