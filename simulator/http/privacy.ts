import type { Incident } from '../life/incident.ts';
import type { Organisation, Team, Thing } from '../organisation/things.ts';
import { randomFor } from '../random.ts';
import type { ApiErrorName } from './api-error.ts';
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

/** True for one of the single incidents that the key may not see, whose log entries still refer to it. */
export function isUnseen({ id }: Incident, { hiddenIncidents }: Ways): boolean {
  return hiddenIncidents !== null && randomFor('hidden', id).chance(hiddenIncidents.share);
}

/** How an incident is refused where it is asked for singly; null where it is not. */
export function refusalOf(incident: Incident, question: Question): ApiErrorName | null {
  if (isHidden(incident, question)) return 'forbidden';
  if (!isUnseen(incident, question.ways)) return null;
  return question.ways.hiddenIncidents?.status === 404 ? 'resource_not_found' : 'forbidden';
}

/** True for an incident that is with a private team's service. */
export function isHidden(incident: Incident, { timeline, ways: { hiddenTeams } }: Question): boolean {
  return hiddenTeams.size > 0 && isPrivate(timeline.state(incident).service.team, hiddenTeams);
}

function isPrivate(team: Team | null, hidden: ReadonlySet<string>): boolean {
  return team !== null && (hidden.has(team.id) || hidden.has(team.name));
}
