import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { nameOf, reference } from './fields.ts';

/** GET /users: people; of the e-mail only a keyed hash is kept. */
export const users = endpoint({
  path: '/users',
  list: 'users',
  scope: 'users.read',
  item: reference.extend({ email: z.string().nullish(), time_zone: z.string().nullish() }),
  read: (item, context) => ({
    rows: {
      user: [
        {
          id: item.id,
          name: nameOf(item),
          url: item.html_url ?? null,
          email_hash: item.email ? context.hashEmail(item.email) : null,
          listed: true,
          deleted_at: null,
        },
      ],
      user_zone: [{ user_id: item.id, version: 1, time_zone: item.time_zone ?? null, seen_at: null }],
    },
  }),
});
