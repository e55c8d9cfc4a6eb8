import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { instant, listOf, reference } from './fields.ts';

/** GET /maintenance_windows: when services were silenced on purpose, past and planned. */
export const maintenanceWindows = endpoint({
  path: '/maintenance_windows',
  list: 'maintenance_windows',
  scope: 'services.read',
  parameters: [
    ['filter', 'all'],
    ['time_zone', 'UTC'],
  ],
  item: reference.extend({
    description: z.string().nullish(),
    start_time: instant,
    end_time: instant,
    services: listOf(reference),
  }),
  read: (item) => ({
    rows: {
      maintenance_window: [
        {
          id: item.id,
          description: item.description ?? item.summary ?? null,
          start: item.start_time,
          end: item.end_time,
          url: item.html_url ?? null,
          listed: true,
          deleted_at: null,
        },
      ],
      maintenance_window_service: item.services.map((service) => ({
        maintenance_window_id: item.id,
        service_id: service.id,
      })),
    },
  }),
});
