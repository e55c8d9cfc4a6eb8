import { DAY } from '../time.ts';
import type { Analysed } from './analysed.ts';
import type { Figures } from './figures.ts';

/** Numbers of several incidents together, as analytics aggregates them; `width` is the length of their range, ms. */
export function totalsOf(rows: readonly Analysed[], width: number) {
  const sum = (value: (figures: Figures) => number) =>
    rows.reduce((total, { figures }) => total + value(figures), 0);
  const count = (holds: (figures: Figures) => boolean) => rows.filter(({ figures }) => holds(figures)).length;
  const mean = (value: (figures: Figures) => number | null) =>
    meanOf(rows.flatMap(({ figures }) => value(figures) ?? []));
  return {
    mean_assignment_count: mean(({ assignments }) => assignments),
    mean_engaged_seconds: mean(({ engagedSeconds }) => engagedSeconds),
    mean_engaged_user_count: mean(({ acknowledged }) => acknowledged.length),
    mean_seconds_to_engage: mean(({ secondsToEngage }) => secondsToEngage),
    mean_seconds_to_first_ack: mean(({ secondsToFirstAck }) => secondsToFirstAck),
    mean_seconds_to_mobilize: mean(({ secondsToMobilize }) => secondsToMobilize),
    mean_seconds_to_resolve: mean(({ secondsToResolve }) => secondsToResolve),
    mean_user_defined_engaged_seconds: mean(({ engagedSeconds }) => engagedSeconds),
    total_incident_count: rows.length,
    total_major_incidents: rows.filter(({ major }) => major).length,
    total_incidents_acknowledged: count(({ acknowledgements }) => acknowledgements > 0),
    total_incidents_auto_resolved: count(({ autoResolved }) => autoResolved),
    total_incidents_manual_escalated: count(({ manualEscalations }) => manualEscalations > 0),
    total_incidents_timeout_escalated: count(({ timeoutEscalations }) => timeoutEscalations > 0),
    total_incidents_reassigned: count(({ reassignments }) => reassignments > 0),
    total_escalation_count: sum(({ escalations }) => escalations),
    total_engaged_seconds: sum(({ engagedSeconds }) => engagedSeconds),
    total_snoozed_seconds: sum(({ snoozedSeconds }) => snoozedSeconds),
    total_notifications: sum(({ notifications }) => notifications),
    total_interruptions: sum(({ interruptions }) => interruptions.total),
    total_business_hour_interruptions: sum(({ interruptions }) => interruptions.business),
    total_off_hour_interruptions: sum(({ interruptions }) => interruptions.off),
    total_sleep_hour_interruptions: sum(({ interruptions }) => interruptions.sleep),
    up_time_pct: upTime(rows, width),
  };
}

/** A whole number; null where nothing has one. */
function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.round(values.reduce((total, value) => total + value, 0) / values.length);
}

/** The percentage of the range in which no major incident was open. */
function upTime(rows: readonly Analysed[], width: number): number {
  const down = rows.filter(({ major }) => major);
  const spans = down.map(({ past: { incident, state, changedAt } }) => ({
    from: incident.createdAt,
    to: state.resolvedAt ?? changedAt,
  }));
  let [covered, until] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return width <= 0 ? 100 : Math.max(0, Math.round((100 - (100 * covered) / width) * 100) / 100);
}

/** What figures are split into; weeks begin on Monday. */
export type Unit = 'day' | 'week' | 'month';

/** The date (YYYY-MM-DD) with which the unit begins that a wall time (YYYY-MM-DDTHH:MM:SS) belongs to. */
export function beginOfUnit(wallTime: string, unit: Unit): string {
  if (unit === 'month') return `${wallTime.slice(0, 7)}-01`;
  const day = new Date(`${wallTime.slice(0, 10)}T00:00:00Z`);
  const back = unit === 'day' ? 0 : (day.getUTCDay() + 6) % 7;
  return new Date(day.getTime() - back * DAY).toISOString().slice(0, 10);
}
