import { endpoint } from './endpoint.ts';
import { nameOf, reference } from './fields.ts';

/** GET /priorities: most severe first; the order is all that tells the rank. */
export const priorities = endpoint({
  path: '/priorities',
  list: 'priorities',
  scope: 'priorities.read',
  ability: 'incident priorities',
  item: reference,
  read: (item, _context, position) => ({
    rows: {
      priority: [{ id: item.id, name: nameOf(item), rank: position + 1, listed: true, deleted_at: null }],
    },
  }),
});
