import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { nameOf, reference } from './fields.ts';

/** GET /v3/schedules: shift-based schedules, which GET /schedules leaves out; the list may name neither them nor their zones. */
export const schedulesV3 = endpoint({
  path: '/v3/schedules',
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
