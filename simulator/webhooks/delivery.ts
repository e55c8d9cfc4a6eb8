import { createHmac } from 'node:crypto';
import { SECOND } from '../time.ts';
import type { Subscription } from './subscription.ts';

/** One event on its way to one subscriber. */
export interface Delivery {
  /** Stays the same over all attempts. */
  id: string;
  subscription: Subscription;
  /** What events must keep their order with: the incident or service that they are about. */
  subjectId: string;
  body: string;
  /** Attempts so far. */
  tries: number;
  /** When the first was made, by the clock, epoch ms; null before it. */
  firstTriedAt: number | null;
  /** Not to be tried before, by the clock, epoch ms. */
  dueAt: number;
}

/** What became of an attempt: it arrived, is worth another, or is not. */
export type Outcome = 'delivered' | 'failed' | 'refused';

/** How long an answer may take. */
const PATIENCE = 5 * SECOND;

/** What the header that signs a body says. */
export function signatureOf(body: string, secret: string): string {
  return `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Makes one attempt. Time-outs, 429, 5xx and connections that fail are worth another; other answers and bad certificates are not. */
export async function attempt({ id, subscription, body }: Delivery): Promise<Outcome> {
  const { url, secret, customHeaders } = subscription;
  try {
    const { status } = await fetch(url, {
      method: 'POST',
      headers: {
        ...Object.fromEntries(customHeaders.map(({ name, value }) => [name, value])),
        'content-type': 'application/json',
        'user-agent': 'PagerDuty-Webhook/V3.0',
        'x-webhook-id': id,
        'x-pagerduty-signature': signatureOf(body, secret),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (status >= 200 && status < 300) return 'delivered';
    return status === 429 || status >= 500 ? 'failed' : 'refused';
  } catch (error) {
    return isOfTls(error) ? 'refused' : 'failed';
  }
}

/** True for a certificate that cannot be trusted, but for one that has expired. */
function isOfTls(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /CERT|SSL|TLS|SELF_SIGNED/.test(code) && code !== 'CERT_HAS_EXPIRED';
}
