import { AppError } from '../errors.ts';
import type { RowOf } from '../model/index.ts';
import type { Crew } from './crew.ts';
import type { Directory } from './directory.ts';

type Account = RowOf<'account'>;

const DOMAIN = /\.pagerduty\.com$/;

/** The account whose directory this is, from the links of its things; null where none has a link. */
export function accountOf(directory: Directory, simulation: string | null): Account | null {
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
    if (link?.url) return accountAt(new URL(link.url), simulation);
  }
  return null;
}

/** A simulated account is told apart by all that its simulator says of it, so that two of them never mix either. */
function accountAt(url: URL, simulation: string | null): Account {
  const name = url.hostname.replace(DOMAIN, '');
  const id = simulation === null ? name : `${name} (${simulation})`;
  const simulated = simulation !== null || name.split('.')[0] === 'simulated';
  return { id, name, url: url.origin, simulated };
}

/** Throws AppError `conflict` when the store holds another account than the one that the key opens. */
export function refuseOther(crew: Crew, account: Account | null): void {
  const known = crew.ledger.account;
  if (!known) return;
  if (!account) {
    throw new AppError(
      'upstream',
      `The API key's directory gives no link by which to tell its account, so it may not be "${known.id}", which the store holds. Use a key that may read users or services.`,
    );
  }
  if (known.id === account.id) return;
  throw new AppError(
    'conflict',
    `The store ${crew.store.name} holds the account "${known.id}", but the API key opens "${account.id}". Name another PAGEBUDGET_STORE for this account, or use a key of the other.`,
  );
}
