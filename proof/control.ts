import type { Simulated } from './simulated.ts';

/** Settings of the simulator, as POST /_control takes them. */
export type Settings = Readonly<Record<string, unknown>>;

/** Changes settings of a simulated account and gives back all of them. Throws where the simulator refuses. */
export async function control({ url }: Simulated, changes: Settings): Promise<Settings> {
  const response = await fetch(`${url}/_control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(changes),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The simulator refused ${JSON.stringify(changes)}: ${text}`);
  return (JSON.parse(text) as { settings: Settings }).settings;
}
