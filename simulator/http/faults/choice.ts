import { z } from 'zod';
import { endpointOf } from '../answer.ts';
import { TOKEN_PATH } from '../oauth.ts';
import { FAULTS, type FaultName } from './catalogue.ts';

/** Whom and how often a fault strikes, whichever it is. */
const COMMON = {
  /** Endpoints such as /incidents/:id, or single paths such as /incidents/Q123. */
  paths: z
    .array(z.string().refine(isServed, { error: ({ input }) => `${input} is no path that is served` }))
    .optional(),
  /** The chance of each request. */
  share: z.number().min(0).max(1).default(1),
  /** How many requests pass before the first can be struck. */
  after: z.int().min(0).default(0),
  /** How many are struck at most; without it there is no end. */
  count: z.int().min(0).optional(),
};

type Common = z.ZodObject<typeof COMMON>;

/** What a fault takes beside what all take. */
type Own<Shape extends z.ZodRawShape> = keyof Shape extends never ? unknown : z.input<z.ZodObject<Shape>>;

/** A fault as somebody asks for it: its name, and what should differ from the defaults. */
export type FaultChoice = {
  [Name in FaultName]: { fault: Name } & z.input<Common> & Own<(typeof FAULTS)[Name]['options']>;
}[FaultName];

/** A fault as it is on, with every option. */
export type FaultOn = { fault: FaultName } & z.output<Common>;

const names = Object.keys(FAULTS) as FaultName[];
const [first, ...others] = names.map((name) =>
  z.strictObject({ fault: z.literal(name), ...COMMON, ...FAULTS[name].options }),
);

/** Reads a fault; what it does not know it refuses by name. */
export const faultChoice = z.discriminatedUnion(
  'fault',
  [first, ...others] as [NonNullable<typeof first>, ...typeof others],
  { error: () => `there is no such fault; faults are ${names.join(', ')}` },
) as unknown as z.ZodType<FaultOn, FaultChoice>;

function isServed(path: string): boolean {
  return path === TOKEN_PATH || endpointOf(path) !== undefined;
}
