import { expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { incidentFacts } from './incident-facts.ts';
import { rulesOf } from './rules.ts';
import { ANNA, CREATED, sampleEntry, sampleIncident } from './testing/samples.ts';

const rules = rulesOf({ ...readConfig({}), services: { Shop: { fingerprint: 'key' } } });

const facts = (
  given: Parameters<typeof sampleIncident>[0],
  service: string | null,
  ...entries: ReturnType<typeof sampleEntry>[]
) => incidentFacts(sampleIncident(given), service, entries, rules);

it('tells everything of an incident at once', () => {
  const incident = { title: 'Disk 91% on db-3' };
  const entries = [
    sampleEntry('trigger', 0, { runbook: 'https://wiki.example/runbook/disk' }),
    sampleEntry('notify', 1, { user_id: 'ANNA' }),
    sampleEntry('notify', 2, { user_id: null }),
    sampleEntry('acknowledge', 90, ANNA),
    sampleEntry('resolve', 3600),
  ];
  expect(facts(incident, 'Web', ...entries)).toEqual({
    incident_id: 'Q1',
    ...{ number: 1, status: 'resolved', urgency: 'high', priority_id: null },
    ...{ created_at: CREATED, resolved_at: CREATED + 3_600_000 },
    ...{ service_id: 'S1', escalation_policy_id: 'E1', alerts: 1, merged: false },
    fingerprint: 'S1|t:disk <n>% on db-<n>',
    fingerprint_title: 'disk <n>% on db-<n>',
    category: 'disk <n>% on db-<n>',
    time_to_acknowledge: 90,
    time_to_resolve: 3600,
    resolved_by: 'integration',
    auto_resolved: true,
    transient: false,
    actionable: 'no',
    flapping: false,
    notifications: 2,
    pages: 1,
    woke: false,
    escalations: 0,
    reassignments: 0,
    runbook: true,
    own: false,
  });
});

it('follows the key of the first trigger that has one, else the title', () => {
  const triggers = [null, 'disk-3', 'disk-x'].map((incident_key, i) =>
    sampleEntry('trigger', i, { incident_key }),
  );
  expect(facts({}, 'Shop', ...triggers)).toMatchObject({
    fingerprint: 'S1|k:disk-<n>',
    category: 'disk full',
  });
  expect(facts({}, 'Shop').fingerprint).toBe('S1|t:disk full');
  expect(facts({}, 'Web', ...triggers).fingerprint).toBe('S1|t:disk full');
});

it('looks for a runbook of another pattern among all links of a trigger', () => {
  const links = 'https://a.example/board\nhttps://wiki.example/howto/disk';
  const trigger = sampleEntry('trigger', 0, { runbook: 'https://a.example/runbook', links });
  const under = (runbookPattern: string) =>
    incidentFacts(sampleIncident(), 'Web', [trigger], rulesOf({ ...readConfig({}), runbookPattern })).runbook;
  expect(['runbook', 'HOWTO', 'handbook'].map(under)).toEqual([true, true, false]);
});

it('looks for a runbook at triggers alone', () => {
  const runbook = 'https://wiki.example/runbook/disk';
  expect(facts({}, 'Web', sampleEntry('trigger', 0), sampleEntry('annotate', 1, { runbook })).runbook).toBe(
    false,
  );
});

it('knows the incidents that its own alerts raised', () => {
  expect(facts({ title: '[pagebudget] Budget of Payments burns' }, null).own).toBe(true);
});
