import { AppError } from '../errors.ts';
import { TIMED } from '../pagerduty/endpoints/index.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import { sql } from '../sql/statement.ts';
import type { Crew } from './crew.ts';
import type { Directory } from './directory.ts';

/** The name under which it is noted that teams are hidden. */
const HIDDEN = 'hidden_teams';

interface KnownTeam {
  id: string;
  name: string;
}

/**
 * Asks singly for known teams that the list no longer has. A team that turned private is refused (403), and what is its
 * own has dropped out of every list without a word, so incidents, log entries and on-call time are told to lack it until
 * it is seen again. Of those that are deleted (404) some are asked for in vain, as few teams ever are.
 */
export async function noteHiddenTeams(crew: Crew, directory: Directory): Promise<void> {
  const listed = directory.get('teams')?.reading.rows.team;
  if (!listed) return;
  const ids = new Set(listed.map(({ id }) => id));
  const known = await crew.store.read<KnownTeam & { [column: string]: string }>(
    sql`SELECT "id", "name" FROM "team" ORDER BY "name", "id"`,
  );
  const hidden: KnownTeam[] = [];
  for (const team of known.filter(({ id }) => !ids.has(id))) {
    if (await isHidden(crew, team)) hidden.push(team);
  }
  for (const stream of Object.keys(TIMED)) {
    if (hidden.length === 0) crew.faults.clear(HIDDEN, stream);
    else crew.faults.set(HIDDEN, stream, hiddenOnes(hidden), crew.clock.now());
  }
}

async function isHidden({ source }: Crew, { id }: KnownTeam): Promise<boolean> {
  try {
    await source.client.get(`/teams/${encodeURIComponent(id)}`, [], source.signal);
    return false;
  } catch (error) {
    const kind = error instanceof PagerDutyError ? error.kind : null;
    if (kind === 'permission') return true;
    if (kind === 'missing') return false;
    throw error;
  }
}

function hiddenOnes(teams: readonly KnownTeam[]): AppError {
  const names = teams.map(({ name }) => name).join(', ');
  return new AppError(
    'upstream',
    `The API key may no longer see ${teams.length === 1 ? 'the team' : 'the teams'} ${names} (403), as happens when a team turns private: what is new of its services, incidents and on-call time is missing until the key may see it again. Give the key's user access to the team; what was missed is then read by itself.`,
  );
}
