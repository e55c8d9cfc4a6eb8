import type { Plans } from '../../../budgets/files.ts';
import { DAY, HOUR } from '../../../clock.ts';

const counted = { allowed: 1, unit: 'pages', select: {}, consequence: null } as const;

/** A budget by shift, which is told by person, one over the last weeks, and an SLO. */
export const plans = (): Plans => ({
  budgets: [
    { ...counted, name: 'each shift', period: { kind: 'shift', length: 12 * HOUR } },
    { ...counted, name: 'all', period: { kind: 'rolling', length: 28 * DAY } },
  ],
  slos: [
    {
      ...{ name: 'web', title: 'web', description: null, service: 'S1', services: ['S1'] },
      ...{ target: 0.99, window: 7 * DAY },
    },
  ],
  faults: [],
});
