import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { instant, mentionsOf, reference } from './fields.ts';

/** GET /oncalls: who is on call when; entries that overlap the span come whole. */
export const onCalls = endpoint({
  path: '/oncalls',
  list: 'oncalls',
  scope: 'oncalls.read',
  item: z.object({
    user: reference,
    escalation_policy: reference,
    schedule: reference.nullish(),
    escalation_level: z.number(),
    start: instant.nullish(),
    end: instant.nullish(),
  }),
  read: (item) => {
    const row = {
      user_id: item.user.id,
      escalation_policy_id: item.escalation_policy.id,
      schedule_id: item.schedule?.id ?? null,
      level: item.escalation_level,
      start: item.start ?? null,
      end: item.end ?? null,
    };
    return {
      rows: { on_call: [{ id: onCallId(row), ...row }] },
      mentions: mentionsOf(
        ['user', item.user],
        ['escalation_policy', item.escalation_policy],
        ['schedule', item.schedule],
      ),
    };
  },
});

/** The natural key of an on-call entry in one text. */
export function onCallId(row: {
  user_id: string;
  escalation_policy_id: string;
  schedule_id: string | null;
  level: number;
  start: number | null;
  end: number | null;
}): string {
  const parts = [row.escalation_policy_id, row.level, row.user_id, row.schedule_id, row.start, row.end];
  return parts.map((part) => part ?? '').join('|');
}
