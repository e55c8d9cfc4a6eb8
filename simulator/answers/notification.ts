import type { LogEntry } from '../life/incident.ts';
import type { Person } from '../organisation/things.ts';
import { timestamp } from '../time.ts';
import { type Lens, perhaps } from './reference.ts';
import { user } from './user.ts';

/** What an entry tells of one contact attempt. */
interface Attempt {
  id: string;
  type: string;
  address: string | null;
  status: string;
  user?: Person;
}

/** The contact attempt that an entry of type notify tells of. */
export function attemptOf({ channel }: LogEntry): Attempt {
  return channel.notification as Attempt;
}

/** A contact attempt as GET /notifications shows it; it does not say for which incident. */
export function notification(lens: Lens, entry: LogEntry): object {
  const { id, type, address, status, user: told } = attemptOf(entry);
  const person = entry.user ?? told;
  return {
    id,
    type,
    started_at: timestamp(entry.time, lens.zone),
    address,
    user: person ? perhaps(lens, ['users'], person, user) : null,
    conferenceAddress: null,
    status,
  };
}
