import { getCACertificates } from 'node:tls';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { PagerDutyConfig } from '../config/pagerduty.ts';

/** This machine is never asked through a proxy. */
const LOOPBACK = 'localhost,127.0.0.1,::1';

/** A `fetch` that goes through the configured proxy and trusts the configured authorities beside the usual ones. */
export function createFetch({ proxy, ca }: Pick<PagerDutyConfig, 'proxy' | 'ca'>): typeof globalThis.fetch {
  const trust = ca === null ? {} : { ca: [...getCACertificates('default'), ca] };
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: proxy.http ?? '',
    httpsProxy: proxy.https ?? proxy.http ?? '',
    noProxy: [LOOPBACK, proxy.except].filter(Boolean).join(','),
    connect: trust,
    requestTls: trust,
    proxyTls: trust,
  });
  const outbound: typeof fetch = (input, init) => fetch(input, { ...init, dispatcher });
  return outbound as unknown as typeof globalThis.fetch;
}
