import { mean } from './aggregate.ts';
import { qualityOf } from './alert-quality.ts';
import type { Answer, Expected } from './answer.ts';
import { type Awake, awakeByPerson } from './awake.ts';
import { DAY, MINUTE, type Night, nightsBeginningIn } from './calendar.ts';
import { contactDimensions, incidentDimensions, valuesOf } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { passes } from './filters.ts';
import type { Incident } from './incidents.ts';
import { clip, lengthOf } from './intervals.ts';
import { isSleepInterruption } from './metrics.ts';
import type { Notification } from './pages.ts';
import { rangeOf, type TableQuery } from './query.ts';

interface Selection {
  created: Incident[];
  resolved: Incident[];
  selects: (contact: Notification) => boolean;
}

function selectionOf(facts: Facts, query: TableQuery): Selection {
  const { from, to } = rangeOf(query);
  const within = (time: number | null) => time !== null && time >= from && time < to;
  const at = (time: (incident: Incident) => number | null) =>
    facts.incidents.filter((incident) => {
      const instant = time(incident);
      const clock = { instant: instant ?? 0, zone: query.timeZone };
      return within(instant) && passes(query.filters, valuesOf(incidentDimensions, incident, clock));
    });
  return {
    created: at((incident) => incident.createdAt),
    resolved: at((incident) => (incident.resolvedAfter === null ? null : incident.resolvedAt)),
    selects: (contact) => {
      const clock = { instant: contact.time, zone: contact.person?.zone ?? null };
      return within(contact.time) && passes(query.filters, valuesOf(contactDimensions, contact, clock));
    },
  };
}

function minutesAsleepLost(stretch: Awake, nights: Night[]): number {
  return nights.reduce((sum, night) => sum + lengthOf(clip([stretch], night.from, night.to)), 0) / MINUTE;
}

function awakeMinutes(facts: Facts, awake: Awake[]): Expected {
  const inNights = (isCounted: (night: Night) => boolean) =>
    awake.reduce((sum, stretch) => {
      const zone = stretch.first.person?.zone ?? facts.timeZone;
      const nights = nightsBeginningIn(stretch.from - 2 * DAY, stretch.to + DAY, zone);
      return sum + minutesAsleepLost(stretch, nights.filter(isCounted));
    }, 0);
  return { oneOf: [inNights(() => true), inNights((night) => night.to <= facts.harvestedUntil)] };
}

function verdictShares(created: Incident[]) {
  const count = (verdict: Incident['actionable']) =>
    created.filter(({ actionable }) => actionable === verdict).length;
  const judged = count('yes') + count('no');
  return {
    false_positive_share: judged === 0 ? null : count('no') / judged,
    unknown_share: count('unknown') / created.length,
  };
}

/** What a noise query must be answered with: a row per fingerprint of which an incident was created in the range. */
export function noiseAnswer(facts: Facts, query: TableQuery): Answer {
  const { created, resolved, selects } = selectionOf(facts, query);
  const { from, to } = rangeOf(query);
  const awake = [...awakeByPerson(facts).values()].flat();
  const chosenAwake = awake.filter(({ first }) => selects(first));
  const pages = facts.pages.filter(selects);
  const interruptions = pages.filter((page) => page.interruption).length;
  const unfiltered = facts.pages.filter(
    ({ time, interruption }) => interruption && time >= from && time < to,
  ).length;
  const alike = Map.groupBy(created, (incident) => incident.fingerprint.id);
  const rows = [...alike].map(([id, incidents]) => {
    const own = pages.filter((page) => page.incident?.fingerprint.id === id);
    const ended = resolved.filter((incident) => incident.fingerprint.id === id);
    const bursts = own.filter((page) => page.interruption);
    const shareOf = (total: number) => (total === 0 ? null : bursts.length / total);
    const cells: Record<string, Expected> = {
      fingerprint: incidents[0]?.fingerprint.name ?? null,
      fingerprint_id: id,
      service: incidents[0]?.service.name ?? null,
      service_id: incidents[0]?.service.id ?? null,
      incidents: incidents.length,
      pages: own.length,
      interruptions: bursts.length,
      sleep_interruptions: own.filter(isSleepInterruption).length,
      awake_minutes: awakeMinutes(
        facts,
        chosenAwake.filter(({ first }) => first.incident?.fingerprint.id === id),
      ),
      share: { oneOf: [shareOf(interruptions), shareOf(unfiltered)] },
      auto_resolved_share: mean(ended.map(({ autoResolved }) => Number(autoResolved))),
      transient_share: mean(ended.map(({ transient }) => Number(transient))),
      flapping_incidents: incidents.filter(({ flapping }) => flapping).length,
      ...verdictShares(incidents),
      ...qualityOf(facts, incidents),
    };
    return { cells, required: true };
  });
  return { key: ['fingerprint_id'], rows };
}
