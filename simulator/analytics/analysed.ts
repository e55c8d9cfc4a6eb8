import { ApiError } from '../http/api-error.ts';
import { isHidden, isUnseen } from '../http/privacy.ts';
import type { Question } from '../http/question.ts';
import type { Incident } from '../life/incident.ts';
import { randomFor } from '../random.ts';
import { SECOND } from '../time.ts';
import { type Figures, figuresOf } from './figures.ts';
import { type Past, pastOf } from './past.ts';

/** An incident as analytics knows it. */
export interface Analysed {
  past: Past;
  figures: Figures;
  /** When analytics looked at it, epoch ms; the incident's own last change was up to a day before. */
  analysedAt: number;
  /** True for one of the two highest priorities. */
  major: boolean;
}

/** Incidents whose lives can be looked at for one answer; more take too long. */
const MOST = 50_000;
const MAJOR = 2;

/** The incidents created in [since, until) that analytics knows by now, in order of their numbers. */
export function analysedWithin(
  question: Question,
  range: { since: number | null; until: number | null },
): Analysed[] {
  const found = question.timeline.incidentsWithin(range);
  if (found.length > MOST) throw new ApiError('took_too_long');
  return found.slice(0, found.length).flatMap((incident) => analysedOne(question, incident) ?? []);
}

/** What analytics knows of an incident by now; null for nothing, or where the key may not see it. */
export function analysedOne(question: Question, incident: Incident): Analysed | null {
  const { ways, now, timeline } = question;
  if (isHidden(incident, question) || isUnseen(incident, ways)) return null;
  const lag = Math.floor(randomFor('analytics', incident.id).next() * ways.analyticsLate) * SECOND;
  const past = pastOf(incident, now - lag);
  if (!past) return null;
  const { zone, priorities } = timeline.organisation;
  const { priority } = past.state;
  return {
    past,
    figures: figuresOf(past, zone),
    analysedAt: past.changedAt + lag,
    major: priority !== null && priorities.indexOf(priority) < MAJOR,
  };
}
