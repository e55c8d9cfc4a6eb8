import type { Incident, LogEntry, State } from '../life/incident.ts';

/** An incident as it was at an instant. */
export interface Past {
  incident: Incident;
  state: State;
  /** Its log entries up to then, in order of time. */
  entries: readonly LogEntry[];
  /** When it had last changed, epoch ms. */
  changedAt: number;
}

/** An incident as it was at an instant, epoch ms; null before it was created. */
export function pastOf(incident: Incident, asOf: number): Past | null {
  if (incident.createdAt > asOf) return null;
  const steps = incident.steps.filter(({ time }) => time <= asOf);
  return {
    incident,
    state: Object.assign({}, incident.birth, ...steps.map(({ change }) => change)),
    entries: incident.entries.filter(({ time }) => time <= asOf),
    changedAt: steps.at(-1)?.time ?? incident.createdAt,
  };
}
