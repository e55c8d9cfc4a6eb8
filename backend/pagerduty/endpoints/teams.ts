import { endpoint } from './endpoint.ts';
import { nameOf, reference } from './fields.ts';

/** GET /teams: teams, where the plan has them. */
export const teams = endpoint({
  path: '/teams',
  list: 'teams',
  scope: 'teams.read',
  ability: 'teams',
  item: reference,
  read: (item) => ({
    rows: {
      team: [{ id: item.id, name: nameOf(item), url: item.html_url ?? null, listed: true, deleted_at: null }],
    },
  }),
});
