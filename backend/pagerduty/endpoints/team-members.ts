import { z } from 'zod';
import { type Endpoint, endpoint } from './endpoint.ts';
import { mentionsOf, reference } from './fields.ts';

/** GET /teams/{id}/members: who is in a team. */
export function teamMembers(teamId: string): Endpoint {
  return endpoint({
    path: `/teams/${encodeURIComponent(teamId)}/members`,
    list: 'members',
    scope: 'teams.read',
    ability: 'teams',
    item: z.object({ user: reference }),
    read: ({ user }) => ({
      rows: { team_member: [{ team_id: teamId, user_id: user.id }] },
      mentions: mentionsOf(['user', user]),
    }),
  });
}
