import type { Incident } from '../life/incident.ts';
import type { Organisation, Team, Thing } from '../organisation/things.ts';
import type { Question } from './question.ts';
import type { Ways } from './ways.ts';

/** What the key may see of an organisation: nothing that is deleted or belongs to private teams alone. */
export function visiblePart(organisation: Organisation, { hiddenTeams }: Ways): Organisation {
  const isSeen = (team: Team | null) => !isPrivate(team, hiddenTeams);
  const { people, teams, services, policies, schedules } = organisation;
  return {
    ...organisation,
    people: people.filter(isThere),
    teams: teams.filter((team) => isThere(team) && isSeen(team)),
    services: services.filter((service) => isThere(service) && isSeen(service.team)),
    policies: policies.filter((policy) => isThere(policy) && isSeen(policy.team)),
    schedules: schedules.filter(
      (schedule) => isThere(schedule) && (schedule.teams.length === 0 || schedule.teams.some(isSeen)),
    ),
  };
}

function isThere({ deleted }: Thing): boolean {
  return deleted !== true;
}

/** True for an incident that is with a private team's service. */
export function isHidden(incident: Incident, { timeline, ways: { hiddenTeams } }: Question): boolean {
  return hiddenTeams.size > 0 && isPrivate(timeline.state(incident).service.team, hiddenTeams);
}

function isPrivate(team: Team | null, hidden: ReadonlySet<string>): boolean {
  return team !== null && (hidden.has(team.id) || hidden.has(team.name));
}
