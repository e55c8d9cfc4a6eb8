import { expect, it } from 'vitest';
import type { Incident } from '../life/incident.ts';
import { modelOfSize } from '../model/read.ts';
import { DAY, HOUR } from '../time.ts';
import { makeTimeline, type Timeline } from './timeline.ts';

const UNTIL = Date.parse('2026-11-16T00:00:00Z');
const EVERYTHING = { since: null, until: null };

function accountAt(now: number, liveRate = 0): Timeline {
  const timeline = makeTimeline({ seed: 1, model: modelOfSize('small'), until: UNTIL, liveRate });
  timeline.advance(now);
  return timeline;
}

/** An incident's own content and its log, without the objects that they share. */
function told({ id, number, title, createdAt, entries }: Incident): object {
  return { id, number, title, createdAt, log: entries.map((entry) => [entry.id, entry.type, entry.time]) };
}

it('an account is the same in whichever order it is read', () => {
  const forwards = accountAt(UNTIL);
  const days = Array.from({ length: 90 }, (_, index) => UNTIL - (index + 1) * DAY);
  const backwards = accountAt(UNTIL);
  const entries = days
    .map((since) => backwards.entriesWithin({ since, until: since + DAY }).map(({ id }) => id))
    .reverse();
  const incidents = days.map((since) => {
    const rows = backwards.incidentsWithin({ since, until: since + DAY });
    return rows.slice(0, rows.length).map(told);
  });
  const all = forwards.incidentsWithin(EVERYTHING);
  expect(incidents.reverse().flat()).toEqual(all.slice(0, all.length).map(told));
  expect(entries.flat()).toEqual(forwards.entriesWithin(EVERYTHING).map(({ id }) => id));
});

it('numbers rise by one with the time of creation', () => {
  const all = accountAt(UNTIL).incidentsWithin(EVERYTHING);
  const incidents = all.slice(0, all.length);
  expect(incidents.map(({ number }) => number)).toEqual(incidents.map((_, index) => index + 1));
  const times = incidents.map(({ createdAt }) => createdAt);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

it('ids lead back to incidents and log entries without a search', () => {
  const all = accountAt(UNTIL).incidentsWithin(EVERYTHING);
  const timeline = accountAt(UNTIL);
  for (const incident of all.slice(500, 600)) {
    expect(told(timeline.find(incident.id) as Incident)).toEqual(told(incident));
    const [entry] = incident.entries;
    expect(timeline.findEntry(entry?.id ?? '')?.summary).toBe(entry?.summary);
  }
  expect(timeline.find(`Q${'0'.repeat(13)}`)).toBeUndefined();
  expect(timeline.findEntry('nonsense')).toBeUndefined();
});

it('an incident of the future is not found, by number or id', () => {
  const later = accountAt(UNTIL + HOUR, 2).incidentsWithin(EVERYTHING);
  const [last] = later.slice(later.length - 1, later.length);
  const timeline = accountAt(UNTIL, 2);
  expect(timeline.find(last?.id ?? '')).toBeUndefined();
  expect(timeline.find(String(last?.number))).toBeUndefined();
});

it('open incidents are those that are not resolved, also old ones', () => {
  const timeline = accountAt(UNTIL);
  const all = timeline.incidentsWithin(EVERYTHING);
  const open = all.slice(0, all.length).filter((one) => timeline.state(one).status !== 'resolved');
  expect(timeline.openIncidents()).toEqual(open);
  expect(open.some(({ createdAt }) => createdAt < UNTIL - 7 * DAY)).toBe(true);
});

it('a merge moves alerts and neither makes nor loses any', () => {
  const timeline = accountAt(UNTIL);
  const all = timeline.incidentsWithin(EVERYTHING);
  const incidents = all.slice(0, all.length);
  const targets = Map.groupBy(incidents, (one) => timeline.state(one).mergedInto);
  targets.delete(null);
  expect(targets.size).toBeGreaterThan(3);
  for (const [target, sources] of targets as Map<Incident, Incident[]>) {
    const born = [target, ...sources].reduce((sum, { birth }) => sum + birth.alerts, 0);
    expect(timeline.state(target).alerts).toBe(born);
    expect(sources.every((source) => timeline.state(source).alerts === 0)).toBe(true);
  }
});

it('the latest incident of a service is the one that was created last', () => {
  const timeline = accountAt(UNTIL);
  const all = timeline.incidentsWithin(EVERYTHING);
  const incidents = all.slice(0, all.length);
  for (const service of timeline.organisation.services) {
    const last = incidents.findLast((incident) => incident.service === service);
    expect(timeline.lastIncidentAt(service)).toBe(last?.createdAt ?? null);
  }
});
