import type { LogEntry } from '../life/incident.ts';
import { timestamp } from '../time.ts';
import { team } from './directory.ts';
import { incident } from './incident.ts';
import { head, type Lens, perhaps, plain, reference, SITE } from './reference.ts';
import { service } from './service.ts';

/** A log entry as GET /log_entries shows it; the channel's content comes with include[]=channels only. */
export function logEntry(lens: Lens, entry: LogEntry): object {
  const { incident: about } = entry;
  const { teams } = lens.timeline.state(about);
  const channel = lens.included.has('channels')
    ? plain(entry.channel, lens.zone)
    : { type: entry.channel.type };
  return {
    ...links(entry, `${entry.type}_log_entry`),
    created_at: timestamp(entry.time, lens.zone),
    agent: entry.agent && reference(entry.agent),
    channel,
    service: perhaps(lens, ['services'], entry.service, service),
    incident: lens.isUnseen(about) ? reference(about) : perhaps(lens, ['incidents'], about, incident),
    teams: teams.map((item) => perhaps(lens, ['teams'], item, team)),
    contexts: [],
    ...(entry.user && { user: reference(entry.user) }),
    ...(entry.assignees && { assignees: entry.assignees.map(reference) }),
    ...(plain(entry.fields ?? {}, lens.zone) as object),
  };
}

/** A pointer to a log entry. */
export function logEntryReference(entry: LogEntry): object {
  return links(entry, `${entry.type}_log_entry_reference`);
}

function links(entry: LogEntry, type: string) {
  const { self } = head(entry.incident);
  return {
    id: entry.id,
    type,
    summary: entry.summary,
    self: self?.replace(/incidents\/.*/, `log_entries/${entry.id}`) ?? null,
    html_url: `${SITE}/incidents/${entry.incident.id}/log_entries/${entry.id}`,
  };
}
