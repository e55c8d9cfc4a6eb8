import { MINUTE } from '../clock.ts';
import type { RowOf } from '../model/index.ts';
import { onCallId } from '../pagerduty/endpoints/on-calls.ts';
import type { Span } from './plan.ts';

type OnCall = RowOf<'on_call'>;

/** A span that was read whole, so that what is stored of it and was not told is no longer so. */
export interface WholeSpan {
  span: Span;
  /** PagerDuty's clock, epoch milliseconds. */
  now: number;
}

/** The entries of an answer, and those among them that are not stored yet. */
export interface ToldOnCalls {
  told: readonly OnCall[];
  fresh: readonly OnCall[];
}

/**
 * Stored entries of a span that PagerDuty no longer tells. PagerDuty renders the present configuration, so what was is
 * changed by overrides alone: what is told anew of the same level of the same schedule takes the place of such an entry,
 * and what that leaves of it before now stays as history. A minute at the bounds of the span is left alone.
 */
export function takenBack(
  stored: readonly OnCall[],
  { told, fresh }: ToldOnCalls,
  { span, now }: WholeSpan,
): { gone: OnCall[]; left: OnCall[] } {
  const ids = new Set(told.map((row) => row.id));
  const own = Map.groupBy(told, (row) => `${slotOf(row)} ${row.user_id}`);
  const others = Map.groupBy(
    fresh.filter((row) => row.schedule_id !== null),
    slotOf,
  );
  const gone: OnCall[] = [];
  const left: OnCall[] = [];
  for (const row of stored) {
    if (ids.has(row.id) || !isInside(row, span)) continue;
    const taken = [...(own.get(`${slotOf(row)} ${row.user_id}`) ?? []), ...(others.get(slotOf(row)) ?? [])];
    const rest = without(pastOf(row, now), taken).map((piece) => renewed(row, piece));
    if (rest.length === 1 && rest[0]?.id === row.id) continue;
    gone.push(row);
    left.push(...rest);
  }
  return { gone, left };
}

function slotOf(row: OnCall): string {
  return `${row.escalation_policy_id} ${row.level} ${row.schedule_id ?? ''}`;
}

function isInside(row: OnCall, span: Span): boolean {
  const { start, end } = boundsOf(row);
  return end > span.start + MINUTE && start < span.end - MINUTE;
}

function boundsOf(row: OnCall): Span {
  return { start: row.start ?? Number.NEGATIVE_INFINITY, end: row.end ?? Number.POSITIVE_INFINITY };
}

function pastOf(row: OnCall, now: number): Span {
  const { start, end } = boundsOf(row);
  return { start, end: Math.min(end, now) };
}

/** What is left of a span when the time of entries is cut out of it. */
function without(span: Span, taken: readonly OnCall[]): Span[] {
  let pieces = span.start < span.end ? [span] : [];
  for (const { start, end } of taken.map(boundsOf)) {
    pieces = pieces.flatMap((piece) =>
      [
        { start: piece.start, end: Math.min(piece.end, start) },
        { start: Math.max(piece.start, end), end: piece.end },
      ].filter((rest) => rest.start < rest.end),
    );
  }
  return pieces;
}

function renewed(row: OnCall, { start, end }: Span): OnCall {
  const piece = { ...row, start: Number.isFinite(start) ? start : null, end };
  return { ...piece, id: onCallId(piece) };
}
