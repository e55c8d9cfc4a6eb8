import { AppError } from '../errors.ts';
import type { RowOf } from '../model/index.ts';
import type { Crew } from './crew.ts';
import type { Directory } from './directory.ts';

type Account = RowOf<'account'>;

const DOMAIN = /\.pagerduty\.com$/;

/** The account whose directory this is, from the links of its things; null where none has a link. */
export function accountOf(directory: Directory, simulated: boolean): Account | null {
  for (const { rows } of directory.values()) {
    const { user, service, team, escalation_policy, schedule } = rows;
    const lists: ({ url: string | null }[] | undefined)[] = [
      user,
      service,
      team,
      escalation_policy,
      schedule,
    ];
    const link = lists.flatMap((list) => list ?? []).find(({ url }) => url !== null && URL.canParse(url));
    if (link?.url) return accountAt(new URL(link.url), simulated);
  }
  return null;
}

function accountAt(url: URL, simulated: boolean): Account {
  const id = url.hostname.replace(DOMAIN, '');
  return { id, name: id, url: url.origin, simulated: simulated || id.split('.')[0] === 'simulated' };
}

/** Throws AppError `conflict` when the store holds another account than the one that the key opens. */
export function refuseOther(crew: Crew, account: Account | null): void {
  const known = crew.ledger.account;
  if (!known || !account) return;
  if (known.id === account.id && known.simulated === account.simulated) return;
  throw new AppError(
    'conflict',
    `The store ${crew.config.store} holds the account ${inWords(known)}, but the API key opens ${inWords(account)}. Name another PAGEBUDGET_STORE for this account, or use a key of the other.`,
  );
}

function inWords(account: Account): string {
  return `"${account.name}"${account.simulated ? ' (simulated)' : ''}`;
}
