import { mean } from './aggregate.ts';
import type { Cell } from './answer.ts';
import { hourClassAt, MINUTE } from './calendar.ts';
import type { Facts } from './facts.ts';
import type { Incident } from './incidents.ts';
import { linksRunbook } from './runbooks.ts';

const ACK_TARGET = (15 * MINUTE) / 1000;

const wokenByOf = new WeakMap<Facts, Set<string>>();

/** The incidents that paged somebody asleep. */
function wokenBy(facts: Facts): Set<string> {
  const asleep = () => facts.pages.filter(({ time, person }) => hourClassAt(time, person.zone) === 'sleep');
  const known = wokenByOf.get(facts) ?? new Set(asleep().map(({ incidentId }) => incidentId));
  wokenByOf.set(facts, known);
  return known;
}

function isSupported(facts: Facts, service: string): boolean {
  const { escalation_policy, teams } = facts.services.get(service) ?? {};
  const now = facts.harvestedUntil;
  const onCall = facts.duties.some(
    (duty) =>
      duty.escalationPolicy.id === escalation_policy?.id &&
      duty.level === 1 &&
      duty.from <= now &&
      now < duty.to,
  );
  return (teams ?? []).length > 0 && onCall;
}

/** How good the alert is that these incidents are cases of: supported, trustworthy, actionable and triaged, each 0-1. */
export function qualityOf(facts: Facts, incidents: Incident[]): Record<string, Cell> {
  const share = (holds: (incident: Incident) => boolean) => mean(incidents.map((one) => Number(holds(one))));
  const service = incidents[0]?.service.id ?? '';
  const described = linksRunbook(facts.services.get(service)?.description);
  const judged = incidents.filter(({ actionable }) => actionable !== 'unknown');
  const ratio = mean(judged.map(({ actionable }) => Number(actionable === 'yes')));
  const withRunbook = share(({ hasRunbook }) => described || hasRunbook);
  return {
    supported: Number(isSupported(facts, service)),
    trustworthy: share(
      ({ actionable, flapping, transient }) => !(actionable === 'no' || flapping || transient),
    ),
    actionable: ratio === null || withRunbook === null ? null : ratio * withRunbook,
    triaged: share(({ urgency, id, acknowledgedAfter }) =>
      urgency === 'low'
        ? !wokenBy(facts).has(id)
        : acknowledgedAfter !== null && acknowledgedAfter <= ACK_TARGET,
    ),
  };
}
