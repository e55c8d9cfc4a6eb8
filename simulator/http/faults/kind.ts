import type { z } from 'zod';
import type { ApiError } from '../api-error.ts';
import type { Ways } from '../ways.ts';

/** A request that a fault may strike. */
export interface Occasion {
  path: string;
  /** The pattern that the path fits, such as /incidents/:id. */
  endpoint: string;
  parameters: URLSearchParams;
  /** The account's time, epoch ms. */
  now: number;
  /** The time by which requests are counted, epoch ms. */
  clock: number;
}

/** An answer that is no answer to the question. */
export interface Refused {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON, a text as HTML; null sends neither body nor headers that tell of a limit. */
  body: object | string | null;
}

/** What a fault does to one answer; several add up. */
export interface Effect {
  /** Milliseconds before anything happens. */
  delay?: number;
  /** Seconds by which the Date header is ahead. */
  skew?: number;
  refused?: Refused;
  /** What becomes of the answer on its way: none comes, it breaks off, or it is cut and looks complete. */
  cut?: 'unanswered' | 'broken' | 'truncated';
  ways?: Partial<Ways>;
}

/** One entry of the catalogue of faults. */
export interface FaultKind<Shape extends z.ZodRawShape, Options = z.output<z.ZodObject<Shape>>> {
  /** Options of its own, beside share, after, count and paths. */
  options: Shape;
  /** Where it strikes if no paths are given; without them everywhere but where tokens are given out. */
  paths?: readonly string[];
  /** Starts afresh; what comes back decides on each request, and null leaves one alone. */
  begin(options: Options): (occasion: Occasion) => Effect | null;
}

/** An entry of which nobody knows what options it takes. */
export type AnyFaultKind = FaultKind<z.ZodRawShape, never>;

/** Lets an entry's options tell the type of what it begins with. */
export function kindOf<Shape extends z.ZodRawShape>(kind: FaultKind<Shape>): FaultKind<Shape> {
  return kind;
}

/** The effect of an error as PagerDuty words it. */
export function refusedWith(error: ApiError, headers: Record<string, string> = {}): Effect {
  return { refused: { status: error.status, headers, body: error.body() } };
}
