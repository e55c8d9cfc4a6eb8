import type { Span as Covered } from '../model/facts/shifts.ts';
import type { RowOf } from '../model/index.ts';
import { instant, type Statement, sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';
import type { Touched } from './derive.ts';
import { takenBack, type WholeSpan } from './on-call-past.ts';
import { among } from './write.ts';

type OnCall = RowOf<'on_call'>;

/** What a transaction does to on-call time: entries told, and the span that is covered before and after. */
export interface OnCallNews {
  told: readonly OnCall[];
  whole: WholeSpan | undefined;
  before: Covered | null;
  after: Covered | null;
}

/** Writes on-call entries and takes back those that are no longer told; gives back whose time changed, and in what span. */
export async function writeOnCalls(
  writer: Writer,
  { told, whole, before, after }: OnCallNews,
): Promise<Pick<Touched, 'onCall' | 'onCallSpan'>> {
  const fresh = await notStored(writer, told);
  const stored = whole ? await entriesIn(writer, whole.span.start, whole.span.end) : [];
  const { gone, left } = whole ? takenBack(stored, { told, fresh }, whole) : { gone: [], left: [] };
  if (gone.length > 0) {
    await writer.remove('on_call', among('id', await writer.keys(gone.map((row) => row.id))));
  }
  await writer.put('on_call', [...fresh, ...left]);
  if (!after) return {};
  const spans = grown(before, after);
  const reached: OnCall[] = [];
  for (const { from, until } of spans) reached.push(...(await entriesIn(writer, from, until)));
  const changed = [...fresh, ...gone];
  const hull = hullOf([...changed.map((row) => clip(row, after)), ...spans]);
  return hull ? { onCall: [...changed, ...reached].map((row) => row.user_id), onCallSpan: hull } : {};
}

/** An entry's key holds all of it, so one that is stored is the same. */
async function notStored(writer: Writer, told: readonly OnCall[]): Promise<OnCall[]> {
  if (told.length === 0) return [];
  const keys = await writer.keys(told.map((row) => row.id));
  const stored = await writer.read(sql`SELECT "id" FROM "on_call" WHERE ${among('id', keys)}`);
  const known = new Set(stored.map((row) => row.id));
  return told.filter((row) => !known.has(row.id));
}

function entriesIn(writer: Writer, from: number, until: number): Promise<(OnCall & Row)[]> {
  const overlaps: Statement = sql`("start" IS NULL OR "start" < ${instant(until)}) AND ("end" IS NULL OR "end" > ${instant(from)})`;
  return writer.read<OnCall & Row>(sql`SELECT * FROM "on_call" WHERE ${overlaps}`);
}

/** Spans that are covered now and were not before. */
function grown(before: Covered | null, after: Covered): Covered[] {
  if (!before) return [after];
  return [
    { from: after.from, until: before.from },
    { from: before.until, until: after.until },
  ].filter((span) => span.from < span.until);
}

function clip(row: OnCall, within: Covered): Covered {
  return {
    from: Math.max(row.start ?? within.from, within.from),
    until: Math.min(row.end ?? within.until, within.until),
  };
}

function hullOf(spans: readonly Covered[]): Covered | undefined {
  const [first, ...more] = spans;
  return more.reduce(
    (hull, span) => hull && { from: Math.min(hull.from, span.from), until: Math.max(hull.until, span.until) },
    first,
  );
}
