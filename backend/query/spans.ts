/** A half-open span of instants, epoch milliseconds. */
export interface Span {
  start: number;
  end: number;
}

/** The part of `span` inside `frame`; its end is not after its start where they do not meet. */
export function overlap(span: Span, frame: Span): Span {
  return { start: Math.max(span.start, frame.start), end: Math.min(span.end, frame.end) };
}

/** Spans joined where they touch or overlap, in order of time. */
export function merge<S extends Span>(spans: readonly S[]): S[] {
  const merged: S[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/** What merged spans leave free of a frame. */
export function gapsIn(frame: Span, merged: readonly Span[]): Span[] {
  const starts = [frame.start, ...merged.map((span) => span.end)];
  const ends = [...merged.map((span) => span.start), frame.end];
  return starts
    .map((start, index) => ({ start, end: ends[index] ?? frame.end }))
    .filter((gap) => gap.start < gap.end);
}

/** The length of a span in minutes. */
export function minutesOf(span: Span): number {
  return (span.end - span.start) / 60_000;
}
