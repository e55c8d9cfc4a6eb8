import type { IntegrationKind } from '../organisation/things.ts';
import type { Channel, Incident } from './incident.ts';
import type { Problem } from './problems.ts';
import type { Story } from './story.ts';

/** What the event of a monitoring system looks like, by the integration it came through. */
const EVENTS = {
  api: ({ title, key, service }, problem) => ({
    type: 'api',
    summary: title,
    description: title,
    service_key: service.integration.id.toLowerCase(),
    incident_key: key,
    details: { severity: problem.severity, job: service.slug, runbook: runbookOf(service.slug) },
  }),
  email: ({ title, key, service }) => ({
    type: 'email',
    summary: title,
    incident_key: key,
    to: `${service.slug}@simulated.pagerduty.example`,
    from: 'monitor@simulated.example',
    subject: title,
    body: `<p>${title}</p><p>Seen by the monitor of <b>${service.slug}</b>.</p>`,
    body_content_type: 'text/html',
  }),
  nagios: ({ title, key, service }, problem) => ({
    type: 'nagios',
    summary: title,
    incident_key: key,
    host: service.slug,
    service: title.split(' ')[0],
    state: problem.severity === 'critical' ? 'CRITICAL' : 'WARNING',
    details: { plugin_output: title },
  }),
  auto: ({ title, key }, problem) => ({
    type: 'auto',
    summary: title,
    incident_key: key,
    details: `severity=${problem.severity}`,
  }),
} as const satisfies Record<IntegrationKind, (incident: Incident, problem: Problem) => Channel>;

/** Writes the event that opened the incident, or a further one. */
export function trigger(story: Story, time: number, problem: Problem): void {
  const { incident, random } = story;
  const { service } = incident;
  const links = random.chance(0.2)
    ? [{ type: 'link', href: runbookOf(service.slug), text: 'What to do' }]
    : [];
  story.write('trigger', time, {
    summary: random.chance(0.02)
      ? 'Triggered through the website'
      : `Triggered by ${service.integration.name}`,
    agent: random.chance(0.03) ? null : random.pick([service.integration, service]),
    channel: EVENTS[service.integration.channel](incident, problem),
    fields: { event_details: { description: incident.title }, contexts: links },
  });
}

function runbookOf(service: string): string {
  return `https://wiki.simulated.example/runbook/${service}`;
}
