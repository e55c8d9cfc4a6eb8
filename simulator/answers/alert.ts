import type { Incident } from '../life/incident.ts';
import { randomFor } from '../random.ts';
import { timestamp } from '../time.ts';
import { firstTrigger, incident } from './incident.ts';
import { type Lens, perhaps, reference, SITE } from './reference.ts';
import { integrationReference, service } from './service.ts';

/** One alert, where it began and where it now is; a merge moves it. */
export interface Alert {
  id: string;
  key: string;
  origin: Incident;
  holder: Incident;
  createdAt: number;
  resolvedAt: number | null;
}

const SEVERITIES = { high: ['critical', 'error'], low: ['warning', 'info'] } as const;

/** The alerts that an incident now holds: its own and those of incidents that went up in it, or none once it was merged. */
export function alertsOf({ timeline }: Lens, holder: Incident): Alert[] {
  const { mergedInto, resolvedAt } = timeline.state(holder);
  if (mergedInto) return [];
  const takenIn = timeline.entriesOf(holder).flatMap(({ channel }) => mergedIn(channel.merged_incident));
  return [holder, ...takenIn].flatMap((origin) =>
    Array.from({ length: origin.birth.alerts }, (_, index) => {
      const id = randomFor('alert', origin.id, index).id('Q', 14);
      const key = origin.key ?? id.toLowerCase();
      return { id, key, origin, holder, createdAt: origin.createdAt, resolvedAt };
    }),
  );
}

function mergedIn(value: unknown): Incident[] {
  return value === undefined ? [] : [value as Incident];
}

/** An alert as GET /incidents/{id}/alerts shows it. */
export function alert(lens: Lens, { id, key, origin, holder, createdAt, resolvedAt }: Alert): object {
  const { service: of, title } = origin;
  return {
    id,
    type: 'alert',
    summary: title,
    self: `https://api.pagerduty.com/incidents/${holder.id}/alerts/${id}`,
    html_url: `${SITE}/alerts/${id}`,
    created_at: timestamp(createdAt, lens.zone),
    status: resolvedAt === null ? 'triggered' : 'resolved',
    alert_key: key,
    service: perhaps(lens, ['services'], of, service),
    first_trigger_log_entry: firstTrigger(lens, origin),
    incident: perhaps(lens, ['incidents'], holder, incident),
    suppressed: false,
    severity: randomFor('severity', id).pick(SEVERITIES[origin.birth.urgency]),
    integration: integrationReference(of),
    body: { type: 'alert_body', contexts: [], details: { title, service: reference(of).summary } },
  };
}
