import type { LogEntry } from '../life/incident.ts';
import { timestamp } from '../time.ts';
import { type Lens, reference } from './reference.ts';

/** A note as GET /incidents/{id}/notes shows it; it was written with an entry that annotates. */
export function note(lens: Lens, entry: LogEntry): object {
  const at = timestamp(entry.time, lens.zone);
  return {
    id: `P${entry.id.slice(1)}`,
    user: authorOf(entry),
    channel: { type: 'web', summary: 'The PagerDuty website or APIs', id: null, self: null, html_url: null },
    content: String(entry.channel.summary ?? ''),
    created_at: at,
    updated_at: at,
  };
}

function authorOf({ agent }: LogEntry): object | null {
  if (!agent) return null;
  return agent.kind === 'user' ? reference(agent) : { ...reference(agent), type: 'bot_user_reference' };
}
