import { z } from 'zod';

/** What PagerDuty does not document, and how a simulator decides it. */
export const WAYS = {
  /** The order of log entries. */
  order: z.enum(['ascending', 'descending']),
  /** Whether since and until belong to the range themselves. */
  bounds: z.enum(['[)', '[]', '()', '(]']),
  /** What becomes of a limit over 100. */
  overLimit: z.enum(['clamp', 'refuse']),
  /** Seconds by which a share of the log entries is seen late. */
  late: z.number().min(0),
  /** Seconds after which analytics tells of every change; each incident's own delay is anything up to that. */
  analyticsLate: z.number().min(0).max(86_400),
};

type Settled = z.output<z.ZodObject<typeof WAYS>>;

/** How one question is answered, with what faults make of it. */
export interface Ways extends Settled {
  /** The share of log entries that are seen late. */
  lateShare: number;
  /** Whether lists that nobody sorted come backwards. */
  reversed: boolean;
  /** Whether a page other than the first shows the one before again, and says that there is more. */
  repeats: boolean;
  /** Whether the list of shift-based schedules names none of them. */
  nameless: boolean;
  /** Ids and names of the teams that the key may not see. */
  hiddenTeams: ReadonlySet<string>;
  /** The share of single incidents that the key may not see, and how they are refused; null where it sees all. */
  hiddenIncidents: { share: number; status: 403 | 404 } | null;
}

const LATE_SHARE = 1 / 20;

/** The ways that the settings give, before any fault. */
export function waysOf({ order, bounds, overLimit, late, analyticsLate }: Settled): Ways {
  const calm = { lateShare: LATE_SHARE, reversed: false, repeats: false, nameless: false };
  const open = { hiddenTeams: new Set<string>(), hiddenIncidents: null };
  return { order, bounds, overLimit, late, analyticsLate, ...calm, ...open };
}
