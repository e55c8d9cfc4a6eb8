import { control } from '../control.ts';
import { startSimulated } from '../simulated.ts';
import type { Ground } from './run.ts';
import { startSubject } from './subject.ts';
import { isWhole, waitFor } from './telling.ts';

const DAY = 86_400_000;
const NO_LIMIT = 1_000_000_000;

/** Simulates a small account that stands still, without a rate limit, and harvests `days` of it without faults; `account.stop` ends it. */
export async function layGround(options: {
  seed: number;
  until: string;
  days: number;
  folder: string;
}): Promise<Ground> {
  const { seed, until, days, folder } = options;
  const account = await startSimulated({ seed, until });
  const since = new Date(Date.parse(until) - days * DAY).toISOString();
  const usual = await control(account, { rateLimit: NO_LIMIT });
  const subject = await startSubject({ account, since, until, folder }, 'whole');
  await waitFor('a whole store without faults', subject, async (status) => isWhole(status));
  await subject.stop();
  return { account, since, until, folder, usual, whole: subject.file };
}
