import { expect, test } from 'vitest';
import { factsOf } from './facts.ts';
import { account, duty, entry, incident, notify, reference } from './sample.ts';

const second = (seconds: number) =>
  new Date(Date.parse('2026-03-02T00:00:00Z') + seconds * 1000).toISOString();

function bursts(seconds: number[]): number[] {
  const incidents = seconds.map((at) => incident(`I${at}`, second(0)));
  const logEntries = seconds.map((at) => notify(`I${at}`, 'ANNA', second(at)));
  return factsOf(account({ incidents, logEntries }))
    .pages.filter((page) => page.interruption)
    .map((page) => (page.time - Date.parse(second(0))) / 1000);
}

test('a late page changes the bursts of its whole chain', () => {
  expect(bursts([200, 450, 700, 950])).toEqual([200, 700]);
  expect(bursts([200, 450, 700, 950, 0])).toEqual([0, 450, 950]);
});

test('a page at exactly 300 seconds joins its burst and one at 301 opens the next', () => {
  expect(bursts([0, 300])).toEqual([0]);
  expect(bursts([0, 301])).toEqual([0, 301]);
});

test('the contact attempts of one incident within 300 seconds are one page, and e-mails are none', () => {
  const { pages, notifications } = factsOf(
    account({
      incidents: [incident('I', second(0))],
      logEntries: [
        notify('I', 'ANNA', second(0), 'email'),
        notify('I', 'ANNA', second(10)),
        notify('I', 'ANNA', second(310), 'sms'),
        notify('I', 'ANNA', second(311), 'phone'),
        notify('I', 'ROY', second(20), 'whatsapp'),
      ],
    }),
  );
  expect(notifications).toHaveLength(5);
  expect(pages.map(({ person, means }) => [person.id, means])).toEqual([
    ['ANNA', 'push'],
    ['ROY', 'unknown'],
    ['ANNA', 'phone'],
  ]);
});

test('pages of one second are told apart by incident id, and the first one gets the interruption', () => {
  const { pages } = factsOf(
    account({
      incidents: [incident('B', second(0)), incident('A', second(0))],
      logEntries: [notify('B', 'ANNA', second(5)), notify('A', 'ANNA', second(5))],
    }),
  );
  expect(pages.filter((page) => page.interruption).map((page) => page.incidentId)).toEqual(['A']);
});

test('urgency and priority are walked back to the page, and a change in its own second already holds', () => {
  const { pages } = factsOf(
    account({
      incidents: [incident('I', second(0), { urgency: 'high', priority: reference('priority', 'P1') })],
      logEntries: [
        notify('I', 'ANNA', second(0)),
        entry('urgency_change', 'I', second(400)),
        entry('priority_change', 'I', second(400), {
          channel: { old_priority: { ...reference('priority', 'P2') } },
        }),
        notify('I', 'ANNA', second(400)),
      ],
    }),
  );
  expect(pages.map(({ urgency, priority }) => [urgency, priority?.id])).toEqual([
    ['low', 'P2'],
    ['high', 'P1'],
  ]);
});

test('the schedules of a page are those on which its person was on call for the policy', () => {
  const onCalls = [
    duty('ANNA', second(0), second(100)),
    { ...duty('ANNA', null, null), schedule: null, escalation_level: 2 },
    { ...duty('ANNA', second(50), null), schedule: reference('schedule', 'K2'), escalation_level: 3 },
    { ...duty('ANNA', null, null), escalation_policy: reference('escalation_policy', 'OTHER') },
  ];
  const { pages } = factsOf(
    account({
      incidents: [incident('I', second(0)), incident('J', second(0))],
      logEntries: [
        notify('I', 'ANNA', second(99)),
        notify('J', 'ANNA', second(100)),
        notify('I', 'ROY', second(99)),
      ],
      onCalls,
    }),
  );
  const schedules = pages.map(({ incidentId, person, schedules }) => [
    incidentId,
    person.id,
    ...schedules.map(({ id }) => id),
  ]);
  expect(schedules).toEqual([
    ['I', 'ANNA', 'K', 'K2'],
    ['I', 'ROY'],
    ['J', 'ANNA', 'K2'],
  ]);
});

test('an incident that can no longer be read keeps its page, with the service and teams of the entry', () => {
  const lost = {
    ...notify('GONE', 'ANNA', second(0)),
    service: reference('service', 'S2'),
    teams: [reference('team', 'T2')],
  };
  const { pages } = factsOf(account({ logEntries: [lost] }));
  expect(pages).toMatchObject([
    { incident: null, urgency: null, service: { id: 'S2' }, teams: [{ id: 'T2' }] },
  ]);
});
