import { endpoint } from './endpoint.ts';
import { listOf, nameOf, reference } from './fields.ts';

/** GET /escalation_policies: policies and their teams. */
export const escalationPolicies = endpoint({
  path: '/escalation_policies',
  list: 'escalation_policies',
  scope: 'escalation_policies.read',
  item: reference.extend({ teams: listOf(reference) }),
  read: (item) => ({
    rows: {
      escalation_policy: [
        { id: item.id, name: nameOf(item), url: item.html_url ?? null, listed: true, deleted_at: null },
      ],
      policy_team: item.teams.map((team) => ({ escalation_policy_id: item.id, team_id: team.id })),
    },
  }),
});
