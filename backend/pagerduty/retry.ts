import { MINUTE, SECOND } from '../clock.ts';
import type { FailureKind } from './failure.ts';

/** How often each kind of failure is tried again, and the longest wait between. */
const PATIENCE: Readonly<Record<FailureKind, number>> = {
  credential: 0,
  plan: 0,
  permission: 0,
  missing: 0,
  request: 0,
  slow: 1,
  limited: 12,
  passing: 6,
};

/** Milliseconds to wait before try number `tried` + 1, or null to give up; doubling from a second, half of it by chance. */
export function waitBeforeRetry(kind: FailureKind, tried: number, random: () => number): number | null {
  if (tried > PATIENCE[kind]) return null;
  const step = Math.min(MINUTE, SECOND * 2 ** (tried - 1));
  return Math.round(step / 2 + (step / 2) * random());
}
