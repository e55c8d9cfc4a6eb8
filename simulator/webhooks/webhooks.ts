import type { Timeline } from '../account/timeline.ts';
import { webhookBody } from '../answers/webhook-event.ts';
import { randomFor } from '../random.ts';
import { eventsWithin, type WebhookEvent } from './events.ts';
import { makeSender } from './sender.ts';
import type { Subscription } from './subscription.ts';

/** The webhooks of an account. */
export interface Webhooks {
  subscriptions(): readonly Subscription[];
  find(id: string): Subscription | undefined;
  /** Keeps a new one; gives it an id and a secret. */
  add(wanted: Omit<Subscription, 'id' | 'secret' | 'droppedInARow' | 'disabledUntil'>): Subscription;
  remove(subscription: Subscription): void;
  /** Ends the pause of one whose deliveries failed too often. */
  enable(subscription: Subscription): void;
  /** Sends an event that tells nothing but that events arrive. */
  ping(subscription: Subscription): void;
  /** Tells subscribers what has happened since the last time, and tries what is waiting. */
  tick(): void;
}

/** What webhooks work with; times are epoch ms. */
export interface WebhookOptions {
  seed: number;
  timeline: Timeline;
  accountTime(): number;
  /** The time by which deliveries wait. */
  clock(): number;
  /** How large and how often deliveries are made. */
  settings(): { webhookDuplicates: number; webhookPadding: number };
}

const SECRET_LENGTH = 48;

/** Makes the webhooks of an account to which nobody has subscribed. */
export function makeWebhooks({ seed, timeline, accountTime, clock, settings }: WebhookOptions): Webhooks {
  const subscriptions: Subscription[] = [];
  const sender = makeSender({ seed, clock, duplicates: () => settings().webhookDuplicates });
  let made = 0;
  let toldUntil = accountTime();

  const bodyOf = (event: WebhookEvent) => {
    const { webhookPadding } = settings();
    return JSON.stringify(
      webhookBody(event, webhookPadding > 0 ? { padding: 'x'.repeat(webhookPadding) } : {}),
    );
  };
  const tell = (event: WebhookEvent) => {
    for (const subscription of subscriptions.filter((one) => wants(one, event, clock()))) {
      const message = { eventId: event.id, subjectId: event.subject.id, body: bodyOf(event) };
      sender.send(subscription, message);
    }
  };

  return {
    subscriptions: () => subscriptions,
    find: (id) => subscriptions.find((one) => one.id === id),
    add(wanted) {
      made += 1;
      const random = randomFor(seed, 'webhook', made);
      const own = { id: random.id('P', 7), secret: random.signs(SECRET_LENGTH).toLowerCase() };
      const subscription = { ...wanted, ...own, droppedInARow: 0, disabledUntil: null };
      subscriptions.push(subscription);
      return subscription;
    },
    remove(subscription) {
      subscription.active = false;
      subscriptions.splice(subscriptions.indexOf(subscription), 1);
    },
    enable: (subscription) => Object.assign(subscription, { droppedInARow: 0, disabledUntil: null }),
    ping(subscription) {
      const now = accountTime();
      const eventId = randomFor(seed, 'ping', subscription.id, now).id('0', 26);
      sender.send(subscription, { eventId, subjectId: eventId, body: pingBody(eventId, now) });
    },
    tick() {
      const now = accountTime();
      if (subscriptions.length > 0 && now > toldUntil) {
        timeline.advance(now);
        for (const event of eventsWithin(timeline, toldUntil + 1, now + 1)) tell(event);
      }
      toldUntil = now;
      sender.tick();
    },
  };
}

function wants(
  { active, disabledUntil, events, filter }: Subscription,
  event: WebhookEvent,
  now: number,
): boolean {
  if (!active || (disabledUntil !== null && disabledUntil > now) || !events.includes(event.type))
    return false;
  if (filter.type === 'service_reference') return filter.id === event.serviceId;
  return filter.type === 'account_reference' || event.teamIds.includes(filter.id);
}

function pingBody(id: string, now: number): string {
  const event = { id, event_type: 'pagey.ping', resource_type: 'pagey', data: { type: 'ping' } };
  const rest = { occurred_at: new Date(now).toISOString(), agent: null, client: null };
  return JSON.stringify({ event: { ...event, ...rest } });
}
