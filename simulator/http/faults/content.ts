import { z } from 'zod';
import { DAY, SECOND } from '../../time.ts';
import { kindOf } from './kind.ts';

/** A page other than the first shows the rows of the one before, and says that there is more. */
export const repeatedPage = kindOf({
  options: {},
  begin: () => (occasion) =>
    Number(occasion.parameters.get('offset') ?? 0) > 0 ? { ways: { repeats: true } } : null,
});

/** A list that nobody sorted comes backwards, but for priorities: their order is documented, as it is all that tells their rank. */
export const reversed = kindOf({
  options: {},
  begin: () => (occasion) => (occasion.endpoint === '/priorities' ? null : { ways: { reversed: true } }),
});

/** Whether since and until belong to a range themselves: a square bracket takes the instant in, a round one leaves it out. */
export const bounds = kindOf({
  options: { bounds: z.enum(['[)', '[]', '()', '(]']) },
  paths: ['/incidents', '/log_entries'],
  begin:
    ({ bounds: given }) =>
    () => ({ ways: { bounds: given } }),
});

/** A share of the log entries is seen only so many seconds after they were made, a day at most. */
export const late = kindOf({
  options: {
    seconds: z
      .number()
      .min(0)
      .max(DAY / SECOND),
    entries: z.number().min(0).max(1).default(0.05),
  },
  begin:
    ({ seconds, entries }) =>
    () => ({ ways: { late: seconds, lateShare: entries } }),
});

/** Single incidents that the key may not see: no list has them, their log entries merely refer to them, and alone they are refused. */
export const hiddenIncidents = kindOf({
  options: {
    incidents: z.number().min(0).max(1).default(0.05),
    status: z.literal([403, 404]).default(403),
  },
  begin:
    ({ incidents, status }) =>
    () => ({ ways: { hiddenIncidents: { share: incidents, status } } }),
});

/** The list of shift-based schedules names none of them, as it may: each has to be asked for. */
export const namelessSchedules = kindOf({
  options: {},
  paths: ['/v3/schedules'],
  begin: () => () => ({ ways: { nameless: true } }),
});

/** Teams that the key may not see, by id or name; what is theirs drops out of every list without a word. */
export const privateTeams = kindOf({
  options: { teams: z.array(z.string()).min(1) },
  begin:
    ({ teams }) =>
    () => ({ ways: { hiddenTeams: new Set(teams) } }),
});
