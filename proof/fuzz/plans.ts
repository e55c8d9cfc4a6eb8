import { type Plans, readPlans } from '../../backend/budgets/files.ts';

const DAY = 86_400_000;

/** The budgets and SLOs that are asked about: those provisioned, and some of things that the fuzzed account has, of short and long periods. */
export const PLANS: Plans = plansOf(readPlans('provisioning/budgets'));

function plansOf({ budgets, slos, faults }: Plans): Plans {
  const budget = { allowed: 2, unit: 'pages', select: {}, consequence: null } as const;
  const slo = { title: 'web', description: null, service: 'S1', services: ['S1'], target: 0.99 };
  return {
    budgets: [
      ...budgets,
      { ...budget, name: 'ten-years', period: { kind: 'rolling', length: 3650 * DAY } },
      { ...budget, name: 'a-minute-each', period: { kind: 'shift', length: 60_000 } },
    ],
    slos: [...slos, { ...slo, name: 'web', window: 28 * DAY }],
    faults,
  };
}
