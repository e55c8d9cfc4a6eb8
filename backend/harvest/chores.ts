import { identify } from './account.ts';
import type { Crew } from './crew.ts';
import { fetchDirectory } from './directory.ts';
import { directoryChange } from './directory-change.ts';
import { noteHiddenTeams } from './hidden-teams.ts';
import { readOnCallsAhead } from './on-calls.ts';
import { readOpenIncidents } from './open-incidents.ts';
import type { Chore } from './plan.ts';
import { windowsInDoubt } from './reappeared.ts';
import { retain } from './retention.ts';
import { lookAgain } from './second-look.ts';
import { summarise } from './summary.ts';

/** How each chore is done, and the stream that is at fault where it fails. */
export const CHORE_WORK = {
  directory: { stream: 'users', work: readDirectory },
  on_calls: { stream: 'on_call', work: readOnCallsAhead },
  open_incidents: { stream: 'incidents', work: readOpenIncidents },
  second_look: { stream: 'log_entries', work: lookAgain },
  summary: { stream: 'log_entries', work: summarise },
  retention: { stream: 'log_entries', work: retain },
} as const satisfies Record<Chore, { stream: string; work: (crew: Crew) => Promise<void> }>;

async function readDirectory(crew: Crew): Promise<void> {
  const directory = await fetchDirectory(crew);
  await identify(crew, directory);
  await noteHiddenTeams(crew, directory);
  const windows = await windowsInDoubt(crew, directory);
  await crew.commit({ ...directoryChange(crew, directory), windows });
}
