import type { Changes } from '../simulator/http/settings.ts';
import type { Simulated } from './simulated.ts';

/** Tells a simulated account how to behave from now on; what is not named is as usual. Throws where the simulator refuses. */
export async function control({ url }: Pick<Simulated, 'url'>, changes: Changes): Promise<void> {
  const response = await fetch(`${url}/_control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ reset: true, ...changes }),
  });
  if (!response.ok) {
    throw new Error(`The simulator refused ${JSON.stringify(changes)}: ${await response.text()}`);
  }
}

/** Settings of a simulated account without a rate limit. */
export const UNLIMITED = { rateLimit: 1_000_000_000 } as const satisfies Changes;
