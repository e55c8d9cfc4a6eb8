import type { Range } from '../account/timeline.ts';
import type { Ways } from './ways.ts';

/** What is asked for as [since, until), by the bounds that the settings give a range; times are whole milliseconds. */
export function bounded({ since, until }: Range, bounds: Ways['bounds']): Range {
  return {
    since: since === null || bounds[0] === '[' ? since : since + 1,
    until: until === null || bounds[1] === ')' ? until : until + 1,
  };
}

/** True for an instant in a range. */
export function isIn(at: number, { since, until }: Range): boolean {
  return (since === null || at >= since) && (until === null || at < until);
}
