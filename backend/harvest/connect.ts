import { DAY } from '../clock.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import { identify } from './account.ts';
import { plannedWindows } from './backfill.ts';
import type { Crew } from './crew.ts';
import { fetchDirectory } from './directory.ts';
import { directoryChange } from './directory-change.ts';
import { noteHiddenTeams } from './hidden-teams.ts';
import { windowsInDoubt } from './reappeared.ts';

/** Tries the key, learns whose account it opens, and writes the directory and the plan of the backfill in one transaction. Throws what is fatal. */
export async function connect(crew: Crew): Promise<void> {
  const { source, ledger, commit, log } = crew;
  await tryKey(crew);
  const directory = await fetchDirectory(crew);
  const account = await identify(crew, directory);
  const firstStart = ledger.firstStart ?? Math.floor(source.client.serverNow() / 1000) * 1000;
  await noteHiddenTeams(crew, directory);
  const windows = [...plannedWindows(crew, firstStart), ...(await windowsInDoubt(crew, directory))];
  const change = directoryChange(crew, directory);
  await commit({
    ...change,
    account,
    windows,
    notes: {
      ...change.notes,
      firstStart,
      secondLook: ledger.secondLook ?? firstStart,
      sureUntil: ledger.sureUntil ?? (ledger.secondLook ?? firstStart) - DAY,
    },
  });
  log.info({ account: account.name, windows: windows.length }, 'connected to PagerDuty');
}

/** GET /abilities works with every key that is valid; one that may not read just this is good enough. */
async function tryKey(crew: Crew): Promise<void> {
  try {
    await crew.source.client.get('/abilities', [], crew.source.signal);
  } catch (error) {
    const valid = error instanceof PagerDutyError && ['permission', 'plan', 'missing'].includes(error.kind);
    if (!valid) throw error;
  }
}
