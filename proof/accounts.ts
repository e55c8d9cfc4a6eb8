import type { Account } from './account-check.ts';

/** The simulated accounts on which every number is proved. Each spans the 90 days before its instant: clocks in Europe and North America go forward in the first and back in the second; those of Australia and Chile go back in the third. */
export const ACCOUNTS = [
  { seed: 1, until: '2026-04-20T00:00:00Z', timeZone: 'UTC' },
  { seed: 2, until: '2026-11-16T00:00:00Z', timeZone: 'Europe/Berlin' },
  { seed: 3, until: '2026-06-15T00:00:00Z', timeZone: 'America/Santiago' },
] as const satisfies Account[];
