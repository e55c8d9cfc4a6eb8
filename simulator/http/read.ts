import type { z } from 'zod';
import { ApiError } from './api-error.ts';

/** What somebody sent, read as a shape says; throws an ApiError that names everything that is wrong. */
export function readAs<Shape extends z.ZodType>(shape: Shape, sent: unknown): z.output<Shape> {
  const read = shape.safeParse(sent);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new ApiError('invalid_input', ...problems);
}
