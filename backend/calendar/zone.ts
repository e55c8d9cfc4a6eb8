import { Temporal } from 'temporal-polyfill';
import { DAY } from '../clock.ts';
import { isZone } from '../config.ts';
import { AppError } from '../errors.ts';

/** A stretch [from, to) of epoch milliseconds in which a zone keeps one offset: milliseconds to add to UTC. */
export interface OffsetSpan {
  from: number;
  to: number;
  offset: number;
}

/** A time zone's rules; a local time is the wall clock written as if it were UTC, in milliseconds. */
export interface Zone {
  readonly name: string;
  /** Milliseconds to add to UTC at an instant. */
  offsetAt(at: number): number;
  /** The wall clock at an instant. */
  toLocal(at: number): number;
  /** The first instant whose wall clock reads `local` or later. */
  fromLocal(local: number): number;
  /** The constant-offset stretches that cover [from, to), in order, clipped to it. */
  spans(from: number, to: number): OffsetSpan[];
}

/** Rules are looked up and kept in blocks of this length (about 397 days), so a block has few changes. */
const BLOCK = 2 ** 35;

const zones = new Map<string, Zone>();

/** The zone of an IANA name, made once per name; throws AppError `config` for an unknown one. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  if (!isZone(name)) {
    throw new AppError('config', `"${name}" is not an IANA time zone such as "Europe/Berlin".`);
  }
  const zone = makeZone(name);
  zones.set(name, zone);
  return zone;
}

function makeZone(name: string): Zone {
  const blocks = new Map<number, OffsetSpan[]>();

  function blockAt(at: number): OffsetSpan[] {
    const index = Math.floor(at / BLOCK);
    let block = blocks.get(index);
    if (!block) {
      block = spansOf(name, index * BLOCK, (index + 1) * BLOCK);
      blocks.set(index, block);
    }
    return block;
  }

  function offsetAt(at: number): number {
    let offset = 0;
    for (const span of blockAt(at)) {
      if (span.from > at) break;
      offset = span.offset;
    }
    return offset;
  }

  function spans(from: number, to: number): OffsetSpan[] {
    const found: OffsetSpan[] = [];
    for (let start = Math.floor(from / BLOCK) * BLOCK; start < to; start += BLOCK) {
      for (const span of blockAt(start)) append(found, clip(span, from, to));
    }
    return found;
  }

  function fromLocal(local: number): number {
    for (const span of spans(local - DAY, local + DAY)) {
      const at = Math.max(span.from, local - span.offset);
      if (at < span.to) return at;
    }
    throw new AppError('internal', `${name} has no instant for the wall clock ${local}.`);
  }

  return { name, offsetAt, toLocal: (at) => at + offsetAt(at), fromLocal, spans };
}

function clip(span: OffsetSpan, from: number, to: number): OffsetSpan {
  return { from: Math.max(span.from, from), to: Math.min(span.to, to), offset: span.offset };
}

function append(spans: OffsetSpan[], span: OffsetSpan): void {
  if (span.from >= span.to) return;
  const last = spans.at(-1);
  if (last?.offset === span.offset) last.to = span.to;
  else spans.push(span);
}

function spansOf(name: string, from: number, to: number): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let now = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(name);
  for (;;) {
    const next = now.getTimeZoneTransition('next');
    const end = next ? Math.min(next.epochMilliseconds, to) : to;
    append(spans, {
      from: Math.max(now.epochMilliseconds, from),
      to: end,
      offset: now.offsetNanoseconds / 1e6,
    });
    if (!next || end === to) return spans;
    now = next;
  }
}
