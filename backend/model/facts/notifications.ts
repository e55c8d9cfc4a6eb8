import { kindOf, type LogEntry } from './entries.ts';

/** The means of a notification. */
export type Means = (typeof MEANS)[keyof typeof MEANS] | 'unknown';

const MEANS = {
  sms_notification: 'sms',
  phone_notification: 'phone',
  push_notification: 'push',
  email_notification: 'email',
} as const;

/** The means by which a notification went out, from channel.notification.type alone. */
export function meansOf(entry: LogEntry): Means {
  return (MEANS as Record<string, Means>)[entry.notification_type ?? ''] ?? 'unknown';
}

/** A page before anything is known of its person: the contact attempts that it holds. */
export interface Attempts {
  first: LogEntry;
  user_id: string;
  means: Means;
  /** The instants of its notifications, ascending. */
  times: number[];
}

/** Groups one incident's notifications (its entries in order) into pages: a person's attempts but e-mails, within `window` ms of the first. */
export function pagesOf(entries: readonly LogEntry[], window: number): Attempts[] {
  const pages: Attempts[] = [];
  const open = new Map<string, Attempts>();
  for (const entry of entries) {
    if (kindOf(entry) !== 'notify' || entry.user_id === null) continue;
    const means = meansOf(entry);
    if (means === 'email') continue;
    const current = open.get(entry.user_id);
    if (current && entry.created_at - current.first.created_at <= window) {
      current.times.push(entry.created_at);
      continue;
    }
    const page = { first: entry, user_id: entry.user_id, means, times: [entry.created_at] };
    open.set(entry.user_id, page);
    pages.push(page);
  }
  return pages;
}
