import { type Request, Router } from 'express';
import {
  changedSubscription,
  newSubscription,
  type Subscription,
  shownSubscription,
  WEBHOOK_PATHS,
} from '../webhooks/subscription.ts';
import { ApiError } from './api-error.ts';
import type { AppOptions } from './app.ts';
import { page } from './paging.ts';
import { questionOf } from './question.ts';
import { readAs } from './read.ts';
import { type Disturbed, sendJson } from './send.ts';
import { waysOf } from './ways.ts';

const [LIST, ONE, ENABLE, PING] = WEBHOOK_PATHS;

/** Keeps subscriptions to webhooks as the API lets one: makes, shows, changes, enables, tries and deletes them. */
export function webhookRoutes(options: AppOptions): Router {
  const { webhooks, clock } = options;
  const router = Router();
  const one = ({ params }: Request) => {
    const found = webhooks.find(String(params.id));
    if (!found) throw new ApiError('not_found');
    return found;
  };
  const show = (response: Disturbed, subscription: Subscription, withSecret = false) =>
    sendJson(response, { webhook_subscription: shownSubscription(subscription, clock(), withSecret) });

  router.get(LIST, (request, response: Disturbed) => sendJson(response, listed(options, request, response)));
  router.post(LIST, (request, response: Disturbed) => {
    const { webhook_subscription: wanted } = readAs(newSubscription, request.body);
    const { delivery_method: way, type: _, ...rest } = wanted;
    show(response, webhooks.add({ ...rest, url: way.url, customHeaders: way.custom_headers }), true);
  });
  router.get(ONE, (request, response: Disturbed) => show(response, one(request)));
  router.put(ONE, (request, response: Disturbed) => {
    const { webhook_subscription: changes } = readAs(changedSubscription, request.body);
    show(response, Object.assign(one(request), changes));
  });
  router.delete(ONE, (request, response: Disturbed) => {
    webhooks.remove(one(request));
    response.status(204).end();
  });
  router.post(ENABLE, (request, response: Disturbed) => {
    webhooks.enable(one(request));
    show(response, one(request));
  });
  router.post(PING, (request, response: Disturbed) => {
    webhooks.ping(one(request));
    response.status(202).end();
  });
  return router;
}

function listed(
  { webhooks, timeline, control, ...options }: AppOptions,
  { url }: Request,
  response: Disturbed,
) {
  const { searchParams: parameters } = new URL(url, 'http://simulated');
  const ways = response.locals.disturbance?.ways ?? waysOf(control.settings);
  const [now, arrivals] = [options.accountTime(), options.arrivalTime()];
  const question = questionOf({
    ...{ parameters, body: undefined, id: '', partId: '' },
    ...{ now, arrivals, timeline, ways },
  });
  const [type, id] = [question.text('filter_type'), question.text('filter_id')];
  const found = webhooks
    .subscriptions()
    .filter(({ filter }) => type === null || filter.type === `${type}_reference`)
    .filter(({ filter }) => id === null || ('id' in filter && filter.id === id));
  return page(question, 'webhook_subscriptions', found, (row) => shownSubscription(row, options.clock()));
}
