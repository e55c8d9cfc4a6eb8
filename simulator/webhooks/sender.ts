import { randomFor } from '../random.ts';
import { HOUR, SECOND } from '../time.ts';
import { attempt, type Delivery } from './delivery.ts';
import type { Subscription } from './subscription.ts';

/** Sends events to subscribers: those about one thing in order, each again until it arrives or is given up. */
export interface Sender {
  /** Puts an event in the queue of a subscriber; what is too large may be lost, and is above 256 KB. */
  send(subscription: Subscription, message: Message): void;
  /** Tries what is due and nobody is trying. */
  tick(): void;
}

/** What is sent, and the thing that it is about. */
export interface Message {
  eventId: string;
  subjectId: string;
  body: string;
}

/** What a sender works with. */
export interface SenderOptions {
  seed: number;
  /** The clock by which it waits, epoch ms. */
  clock(): number;
  /** The share of deliveries that are made twice. */
  duplicates(): number;
}

const GUARANTEED = 55 * 1024;
const MOST = 256 * 1024;
/** The chance of a larger one to be lost; PagerDuty only says that it may be. */
const LOST = 0.1;

const GIVEN_UP_AFTER = 48 * HOUR;
const DROPS_THAT_DISABLE = 3;
const DISABLED_FOR = 24 * HOUR;
const FIRST_WAIT = 30 * SECOND;
const LONGEST_WAIT = HOUR;

/** Makes a sender with nothing to send. */
export function makeSender({ seed, clock, duplicates }: SenderOptions): Sender {
  const queues = new Map<string, Delivery[]>();
  const busy = new Set<string>();

  const giveUp = (key: string, { subscription }: Delivery) => {
    queues.get(key)?.shift();
    subscription.droppedInARow += 1;
    if (subscription.droppedInARow < DROPS_THAT_DISABLE) return;
    subscription.disabledUntil = clock() + DISABLED_FOR;
    subscription.droppedInARow = 0;
    for (const own of queues.keys()) if (own.startsWith(`${subscription.id}/`)) queues.delete(own);
  };

  const settle = (key: string, delivery: Delivery) => {
    delivery.subscription.droppedInARow = 0;
    const isTwice = delivery.tries === 1 && randomFor(seed, 'twice', delivery.id).chance(duplicates());
    if (!isTwice) queues.get(key)?.shift();
  };

  const tryOne = async (key: string, delivery: Delivery) => {
    busy.add(key);
    delivery.tries += 1;
    delivery.firstTriedAt ??= clock();
    const outcome = await attempt(delivery);
    busy.delete(key);
    if (queues.get(key)?.[0] !== delivery) return;
    if (outcome === 'delivered') settle(key, delivery);
    else if (outcome === 'refused' || clock() - delivery.firstTriedAt >= GIVEN_UP_AFTER)
      giveUp(key, delivery);
    else delivery.dueAt = clock() + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (delivery.tries - 1));
  };

  return {
    send(subscription, { eventId, subjectId, body }) {
      const id = randomFor(seed, 'delivery', subscription.id, eventId).id('0', 26);
      const size = Buffer.byteLength(body);
      if (size > MOST || (size > GUARANTEED && randomFor(seed, 'lost', id).chance(LOST))) return;
      const key = `${subscription.id}/${subjectId}`;
      const state = { tries: 0, firstTriedAt: null, dueAt: clock() };
      queues.set(key, [...(queues.get(key) ?? []), { id, subscription, subjectId, body, ...state }]);
    },
    tick() {
      for (const [key, [first]] of queues) {
        if (!first?.subscription.active) queues.delete(key);
        else if (!busy.has(key) && first.dueAt <= clock()) void tryOne(key, first);
      }
    },
  };
}
