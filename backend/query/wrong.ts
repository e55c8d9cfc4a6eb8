import type { z } from 'zod';

/** What a value should have been, in words. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** What may be written in the places that have parts. */
const EXAMPLES: Readonly<Record<string, string>> = {
  range: '{"from": "2026-11-09T00:00:00.000Z", "to": "2026-11-16T00:00:00.000Z"}',
  filters: '[{"dimension": "team", "op": "=", "values": ["Payments"]}]',
  by: '["team"]',
  values: '["Payments"]',
  queries:
    '[{"refId": "A", "queryType": "metric", "metric": "pages", "range": {"from": "...", "to": "..."}}]',
  viewer: '{"login": "ann", "email": "ann@example.com", "role": "Viewer"}',
};

const WORDS: Readonly<Record<string, (issue: Wrong) => string>> = {
  invalid_type: ({ expected, input }) => {
    if (input === undefined) return 'is missing';
    return `is not ${KINDS[String(expected)] ?? `a ${String(expected)}`}`;
  },
  too_big: ({ origin, maximum }) => {
    if (origin === 'string') return `is longer than ${maximum} characters`;
    return origin === 'array' ? `has more than ${maximum} entries` : `is above ${maximum}`;
  },
  too_small: ({ origin, minimum }) => (origin === 'number' ? `is below ${minimum}` : 'is empty'),
};

type Wrong = Readonly<Record<string, unknown>>;

/** What is wrong with a place of a body, for what the schema has no words of its own. */
export function inOurWords(issue: z.core.$ZodRawIssue): string {
  return WORDS[issue.code]?.(issue) ?? 'is not what it should be';
}

/** What stands after the words about a place: an example of what is right, where it has parts. */
export function exampleAt(path: readonly PropertyKey[]): string {
  const last = String(path.at(-1) ?? '');
  return Object.hasOwn(EXAMPLES, last) ? `, for instance ${EXAMPLES[last]}` : '';
}
