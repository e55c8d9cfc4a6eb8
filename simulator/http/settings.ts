import { z } from 'zod';
import { faultChoice } from './faults/choice.ts';
import { readAs } from './read.ts';
import { WAYS } from './ways.ts';

const everything = z.strictObject({
  /** The key that is accepted. */
  token: z.string().min(1),
  /** How long a token of scoped OAuth lasts. */
  tokenSeconds: z.int().min(1),
  /** Requests per minute. */
  rateLimit: z.int().min(1),
  /** True leaves out headers and body of a 429. */
  silentRateLimit: z.boolean(),
  ...WAYS,
  /** The share of webhooks that are delivered a second time. */
  webhookDuplicates: z.number().min(0).max(1),
  /** Bytes of free text in every webhook, as of a long description. */
  webhookPadding: z.int().min(0).max(1_000_000),
  /** The faults that are on; naming them anew starts them all afresh. */
  faults: z.array(faultChoice),
  /** What the faults' chance follows from. */
  seed: z.int(),
});

/** What may change while the simulator runs; a setting not named stays as it is, unless all are reset first. */
const changes = everything.partial().extend({ reset: z.boolean().optional() });

/** Everything that can be set. */
export type Settings = z.output<typeof everything>;

/** Some of the settings. */
export type Changes = z.input<typeof changes>;

/** Reads changes as somebody asks for them; throws an ApiError that names everything that is wrong. */
export function readChanges(body: unknown): z.output<typeof changes> {
  return readAs(changes, body);
}

/** How a simulator behaves before anybody sets anything. */
export function defaultSettings(token: string, seed: number): Settings {
  return {
    token,
    tokenSeconds: 86_400,
    rateLimit: 960,
    silentRateLimit: false,
    order: 'descending',
    bounds: '[)',
    overLimit: 'clamp',
    late: 0,
    analyticsLate: 86_400,
    webhookDuplicates: 0,
    webhookPadding: 0,
    faults: [],
    seed,
  };
}
