import { DAY, HOUR, wallClock } from '../time.ts';
import type { Story } from './story.ts';
import type { Watch } from './take.ts';

/** When a service with support hours is looked after: Monday to Friday, on the account's clock. */
export const SUPPORT_HOURS = { from: 9, to: 17, days: [1, 2, 3, 4, 5] } as const;

/** True within support hours. */
export function isSupported(at: number, zone: string): boolean {
  const { hour, weekday } = wallClock(at, zone);
  return (
    hour >= SUPPORT_HOURS.from && hour < SUPPORT_HOURS.to && SUPPORT_HOURS.days.some((day) => day === weekday)
  );
}

/** Writes that an incident which waits since outside support hours turns urgent when they begin, unless somebody set its urgency. */
export function perhapsTurnUrgent(story: Story, watch: Watch): void {
  const { incident, organisation } = story;
  if (incident.service.urgency !== 'support_hours' || incident.birth.urgency === 'high') return;
  if (incident.entries.some((entry) => entry.change.urgency !== undefined)) return;
  const time = supportBegins(incident.createdAt, organisation.zone);
  if (time >= watch.end) return;
  story.write('urgency_change', time, {
    summary: 'Urgency changed to high: support hours began',
    agent: incident.service,
    channel: { type: 'auto' },
    change: { urgency: 'high' },
  });
}

/** The first full hour after an instant at which support hours begin. */
export function supportBegins(after: number, zone: string): number {
  for (let at = Math.ceil(after / HOUR) * HOUR; at < after + 8 * DAY; at += HOUR) {
    if (isSupported(at, zone) && !isSupported(at - HOUR, zone)) return at;
  }
  return Number.POSITIVE_INFINITY;
}
