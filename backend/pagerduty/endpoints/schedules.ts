import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { nameOf, reference } from './fields.ts';

/** GET /schedules: layer-based schedules. */
export const schedules = endpoint({
  path: '/schedules',
  list: 'schedules',
  scope: 'schedules.read',
  item: reference.extend({ time_zone: z.string().nullish() }),
  read: (item) => ({
    rows: {
      schedule: [
        {
          id: item.id,
          name: nameOf(item),
          time_zone: item.time_zone ?? null,
          url: item.html_url ?? null,
          listed: true,
          deleted_at: null,
        },
      ],
    },
  }),
});
