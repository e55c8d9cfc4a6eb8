/** Why a request is made, with its rank where requests wait: lower goes first, so that a backfill holds up nothing that is looked at. */
export const CAUSES = {
  connect: 0,
  feed: 0,
  open_incidents: 0,
  on_calls: 1,
  directory: 1,
  second_look: 2,
  backfill: 3,
} as const satisfies Record<string, number>;

/** A cause of requests. */
export type Cause = keyof typeof CAUSES;
