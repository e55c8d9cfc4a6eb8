import { expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { incidentFacts } from './incident-facts.ts';
import { rulesOf } from './rules.ts';
import { stepFacts } from './step-facts.ts';
import { ANNA, CREATED, sampleEntry, sampleIncident } from './testing/samples.ts';

it('tells each escalation and each reassignment by a person after the creation, with what the incident is now', () => {
  const incident = sampleIncident({ urgency: 'low', priority_id: 'P1' });
  const entries = [
    sampleEntry('assign', 0, ANNA),
    sampleEntry('assign', 10),
    sampleEntry('escalate', 60, { id: 'E1' }),
    sampleEntry('reassign', 90, { ...ANNA, id: 'A1' }),
    sampleEntry('resolve', 3600),
  ];
  const fact = incidentFacts(incident, 'Web', entries, rulesOf(readConfig({})));
  const now = {
    ...{ incident_id: 'Q1', status: 'resolved', urgency: 'low', priority_id: 'P1' },
    ...{ service_id: 'S1', escalation_policy_id: 'E1', resolved_by: 'integration' },
    ...{ fingerprint: 'S1|t:disk full', category: 'disk full' },
  };
  expect(stepFacts(incident, fact, entries)).toEqual([
    { ...now, id: 'E1', kind: 'escalation', created_at: CREATED + 60_000 },
    { ...now, id: 'A1', kind: 'reassignment', created_at: CREATED + 90_000 },
  ]);
});
