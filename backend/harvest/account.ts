import { AppError } from '../errors.ts';
import type { RowOf } from '../model/index.ts';
import type { Reading } from '../pagerduty/endpoints/reading.ts';
import type { Parameters } from '../pagerduty/exchange.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import type { Crew } from './crew.ts';
import type { Directory } from './directory.ts';

type Account = RowOf<'account'>;

const DOMAIN = /\.pagerduty\.com$/;

/** Lists of which one row tells the account too, where no part of the directory may be read. */
const PROBES = [
  ['/incidents', [['date_range', 'all']]],
  ['/log_entries', []],
] as const satisfies [string, Parameters][];

/**
 * Tells whose account the key opens, from the links of what it may read. Throws AppError `upstream` where nothing has
 * one, so that no row of an unknown account is ever stored, and `conflict` where the store holds another account.
 */
export async function identify(crew: Crew, directory: Directory): Promise<Account> {
  const link = linkIn(directory) ?? (await linkOfProbe(crew));
  if (!link) {
    throw new AppError(
      'upstream',
      'Nothing that the API key may read tells whose account it opens, so nothing is harvested: let the key read users, services or incidents.',
    );
  }
  const account = accountAt(new URL(link), crew.source.client.simulation());
  refuseOther(crew, account.id);
  return account;
}

/** Throws AppError `conflict` for rows of another account than the one that the store holds, as when a key file was exchanged. */
export function refuseForeign(account: Account | null, store: string, reading: Reading): void {
  if (!account) return;
  const { hostname } = new URL(account.url);
  for (const { row } of reading.incidents.values()) {
    if (!isLink(row.url)) continue;
    const other = new URL(row.url);
    if (other.hostname !== hostname) throw conflict(store, account.id, accountAt(other, null).id);
  }
}

function refuseOther(crew: Crew, opened: string): void {
  const known = crew.ledger.account;
  if (known && known.id !== opened) throw conflict(crew.store.name, known.id, opened);
}

function conflict(store: string, known: string, opened: string): AppError {
  return new AppError(
    'conflict',
    `The store ${store} holds the account "${known}", but the API key opens "${opened}". Name another PAGEBUDGET_STORE for this account, or use a key of the other.`,
  );
}

function linkIn(directory: Directory): string | null {
  for (const { reading } of directory.values()) {
    const { user, service, team, escalation_policy, schedule } = reading.rows;
    const lists: ({ url: string | null }[] | undefined)[] = [
      user,
      service,
      team,
      escalation_policy,
      schedule,
    ];
    const urls = lists.flatMap((list) => (list ?? []).map(({ url }) => url));
    const link = urls.find(isLink);
    if (link) return link;
  }
  return null;
}

async function linkOfProbe({ source }: Crew): Promise<string | null> {
  for (const [path, parameters] of PROBES) {
    try {
      const body = await source.client.get(path, [...parameters, ['limit', '1']], source.signal);
      const [link] = linksOf(body);
      if (link) return link;
    } catch (error) {
      const refused =
        error instanceof PagerDutyError && ['permission', 'plan', 'missing'].includes(error.kind);
      if (!refused) throw error;
    }
  }
  return null;
}

/** All links to PagerDuty's pages in an answer. */
function linksOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'html_url' && typeof inner === 'string' && isLink(inner) ? [inner] : linksOf(inner),
  );
}

function isLink(url: string | null): url is string {
  return url !== null && URL.canParse(url);
}

/** A simulated account is told apart by all that its simulator says of it, so that two of them never mix either. */
function accountAt(url: URL, simulation: string | null): Account {
  const name = url.hostname.replace(DOMAIN, '');
  const id = simulation === null ? name : `${name} (${simulation})`;
  const simulated = simulation !== null || name.split('.')[0] === 'simulated';
  return { id, name, url: url.origin, simulated };
}
