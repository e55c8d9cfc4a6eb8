import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { listOf, nameOf, reference } from './fields.ts';
import { findRunbook } from './runbook.ts';

/** GET /services: services with their policy and teams. */
export const services = endpoint({
  path: '/services',
  list: 'services',
  scope: 'services.read',
  item: reference.extend({
    description: z.string().nullish(),
    escalation_policy: reference.nullish(),
    teams: listOf(reference),
  }),
  read: (item, context) => ({
    rows: {
      service: [
        {
          id: item.id,
          name: nameOf(item),
          escalation_policy_id: item.escalation_policy?.id ?? null,
          runbook: findRunbook(context.runbookPattern, item.description),
          url: item.html_url ?? null,
          listed: true,
          deleted_at: null,
        },
      ],
      service_team: item.teams.map((team) => ({ service_id: item.id, team_id: team.id })),
    },
  }),
});
