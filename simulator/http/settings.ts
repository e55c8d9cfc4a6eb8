import { z } from 'zod';
import { STATUSES } from './fault.ts';

const status = z.number().refine((value) => STATUSES.has(value), 'is no status that PagerDuty answers');

const everything = z.strictObject({
  /** The key that is accepted. */
  token: z.string().min(1),
  /** Paths, such as /priorities or /incidents/Q123, and the status that each is answered with. */
  refuse: z.record(z.string().startsWith('/'), status),
  /** Requests per minute. */
  rateLimit: z.int().min(1),
  /** True leaves out headers and body of a 429. */
  silentRateLimit: z.boolean(),
  /** The order of log entries, which PagerDuty does not document. */
  order: z.enum(['ascending', 'descending']),
  /** Whether since and until belong to the range themselves. */
  bounds: z.enum(['[)', '[]', '()', '(]']),
  /** What becomes of a limit over 100. */
  overLimit: z.enum(['clamp', 'refuse']),
  /** Seconds by which one log entry in twenty is seen late. */
  late: z.number().min(0),
});

/** What a test may change while the simulator runs; a setting not named stays as it is. */
export const settingsSchema = everything.partial();

/** Everything that can be set. */
export type Settings = z.infer<typeof everything>;

/** Some of the settings. */
export type Changes = z.infer<typeof settingsSchema>;

/** How a simulator behaves before anybody sets anything. */
export function defaultSettings(token: string): Settings {
  return {
    token,
    refuse: {},
    rateLimit: 960,
    silentRateLimit: false,
    order: 'descending',
    bounds: '[)',
    overLimit: 'clamp',
    late: 0,
  };
}
