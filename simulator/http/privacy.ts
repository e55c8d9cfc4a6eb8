import type { Incident } from '../life/incident.ts';
import type { Organisation, Team } from '../organisation/things.ts';
import type { Ways } from './ways.ts';

/** What the key may see of an organisation: nothing that belongs to private teams alone. */
export function visiblePart(organisation: Organisation, { hiddenTeams }: Ways): Organisation {
  if (hiddenTeams.size === 0) return organisation;
  const isSeen = (team: Team | null) => !isPrivate(team, hiddenTeams);
  return {
    ...organisation,
    teams: organisation.teams.filter(isSeen),
    services: organisation.services.filter(({ team }) => isSeen(team)),
    policies: organisation.policies.filter(({ team }) => isSeen(team)),
    schedules: organisation.schedules.filter(({ teams }) => teams.length === 0 || teams.some(isSeen)),
  };
}

/** True for an incident of a private team's service. */
export function isHidden({ service }: Incident, { hiddenTeams }: Ways): boolean {
  return hiddenTeams.size > 0 && isPrivate(service.team, hiddenTeams);
}

function isPrivate(team: Team | null, hidden: ReadonlySet<string>): boolean {
  return team !== null && (hidden.has(team.id) || hidden.has(team.name));
}
