import type { Account, RawService } from './account.ts';
import { type Episode, episodesOf } from './episodes.ts';
import { type Incident, incidentsOf } from './incidents.ts';
import { type Duty, dutiesOf } from './on-call.ts';
import { type Notification, notificationsOf, type Page, pagesOf } from './pages.ts';
import { directoryOf, type Named } from './people.ts';

/** Everything that the questions are answered from; times in epoch ms. */
export interface Facts {
  since: number;
  harvestedUntil: number;
  timeZone: string;
  incidents: Incident[];
  notifications: Notification[];
  pages: Page[];
  duties: Duty[];
  services: Map<string, RawService>;
  /** The escalation policies that are listed, each with its teams. */
  policies: (Named & { teams: Named[] })[];
  episodes: Episode[];
}

/** Works the facts out of an account's raw answers, over all of its history at once. */
export function factsOf(account: Account): Facts {
  const directory = directoryOf(account);
  const incidents = incidentsOf(account, directory);
  const duties = dutiesOf(account, directory);
  const notifications = notificationsOf(account, directory, incidents, duties);
  const { since, harvestedUntil, timeZone } = account;
  return {
    since,
    harvestedUntil,
    timeZone,
    incidents,
    notifications,
    pages: pagesOf(notifications),
    duties,
    services: new Map(account.services.map((service) => [service.id, service])),
    policies: account.escalationPolicies.map((policy) => ({
      ...directory.escalationPolicy(policy),
      teams: (policy.teams ?? []).map(directory.team),
    })),
    episodes: episodesOf(incidents),
  };
}
