import { HOUR, MINUTE } from '../../clock.ts';

const ACTS_WITHIN = 4 * HOUR;
const AFTER_ACT = 20 * MINUTE;
const WITHOUT_ACT = 10 * MINUTE;

/**
 * The end of the awake time that begins with a page: twenty minutes after the person's latest act within four hours of
 * a notification, or after ten minutes without one; the latest over its notifications, which leaves no gap as page_window
 * is shorter. `acts` are the instants of the person's own entries on the incident, any but notify.
 */
export function awakeUntil(notifications: readonly number[], acts: readonly number[]): number {
  return Math.max(...notifications.map((at) => awakeAfter(at, acts)));
}

function awakeAfter(notification: number, acts: readonly number[]): number {
  const inTime = acts.filter((act) => act >= notification && act <= notification + ACTS_WITHIN);
  return (inTime.length > 0 ? Math.max(...inTime) : notification + WITHOUT_ACT) + AFTER_ACT;
}
