import { z } from 'zod';

/** The paths of subscriptions to webhooks, as endpoints are named. */
export const WEBHOOK_PATHS = [
  '/webhook_subscriptions',
  '/webhook_subscriptions/:id',
  '/webhook_subscriptions/:id/enable',
  '/webhook_subscriptions/:id/ping',
] as const;

/** The events that can be asked for. */
export const EVENT_TYPES = [
  'incident.acknowledged',
  'incident.action_invocation.created',
  'incident.action_invocation.terminated',
  'incident.action_invocation.updated',
  'incident.annotated',
  'incident.conference_bridge.updated',
  'incident.custom_field_values.updated',
  'incident.delegated',
  'incident.escalated',
  'incident.incident_type.changed',
  'incident.priority_updated',
  'incident.reassigned',
  'incident.reopened',
  'incident.resolved',
  'incident.responder.added',
  'incident.responder.replied',
  'incident.role.assigned',
  'incident.service_updated',
  'incident.status_update_published',
  'incident.task.completed',
  'incident.task.created',
  'incident.task.updated',
  'incident.triggered',
  'incident.unacknowledged',
  'incident.workflow.completed',
  'incident.workflow.started',
  'service.created',
  'service.custom_field_values.updated',
  'service.deleted',
  'service.updated',
] as const;

/** The type of an event. */
export type EventType = (typeof EVENT_TYPES)[number];

const events = z.array(z.enum(EVENT_TYPES)).min(1);

const filter = z.union([
  z.object({ type: z.literal('account_reference') }),
  z.object({ type: z.enum(['service_reference', 'team_reference']), id: z.string().min(1) }),
]);

const header = z.object({ name: z.string().min(1), value: z.string() });

/** What somebody sends to subscribe. */
export const newSubscription = z.object({
  webhook_subscription: z.object({
    type: z.literal('webhook_subscription'),
    description: z.string().nullable().default(null),
    active: z.boolean().default(true),
    events,
    filter,
    delivery_method: z.object({
      type: z.literal('http_delivery_method'),
      url: z.url({ protocol: /^https?$/ }),
      custom_headers: z.array(header).default([]),
    }),
  }),
});

/** What somebody sends to change a subscription; what is not named stays as it is. */
export const changedSubscription = z.object({
  webhook_subscription: z
    .object({ description: z.string().nullable(), active: z.boolean(), events, filter })
    .partial(),
});

/** Where events go, which, and how that has gone so far. */
export interface Subscription {
  id: string;
  description: string | null;
  active: boolean;
  events: readonly EventType[];
  filter: z.output<typeof filter>;
  url: string;
  customHeaders: readonly z.output<typeof header>[];
  secret: string;
  /** Deliveries that were given up, one after the other. */
  droppedInARow: number;
  /** Until when nothing is sent after too many of these, epoch ms; null where it is. */
  disabledUntil: number | null;
}

/** A subscription as the API shows it; its secret is told once, what its headers hold never. */
export function shownSubscription(subscription: Subscription, now: number, withSecret = false): object {
  const { id, url, customHeaders, secret, disabledUntil, ...shown } = subscription;
  return {
    id,
    type: 'webhook_subscription',
    ...{ active: shown.active, description: shown.description, events: shown.events, filter: shown.filter },
    delivery_method: {
      id: `D${id.slice(1)}`,
      type: 'http_delivery_method',
      url,
      secret: withSecret ? secret : null,
      custom_headers: customHeaders.map(({ name }) => ({ name, value: '<redacted>' })),
      temporarily_disabled: disabledUntil !== null && disabledUntil > now,
    },
    oauth_client: null,
  };
}
