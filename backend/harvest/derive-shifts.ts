import { DAY, HOUR } from '../clock.ts';
import type { Rules } from '../model/facts/rules.ts';
import { type Span, shiftsOf } from '../model/facts/shifts.ts';
import type { RowOf } from '../model/index.ts';
import { instant, type Statement, sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';
import { peopleOf } from './derive-people.ts';
import { sameRow } from './derive-write.ts';

type Shift = RowOf<'shift'>;

/** Days of people that are held in memory at once. */
const DAYS_AT_ONCE = 2000;

/** Longer than any piece, so that a change reaches no piece further off. */
const MARGIN = 2 * HOUR;

/** Derives the shifts of people again where their on-call rows changed; `covered` is what on-call time is cut to. */
export async function deriveShifts(
  writer: Writer,
  users: readonly string[],
  { changed, covered }: { changed: Span; covered: Span },
  rules: Rules,
): Promise<void> {
  const begin = Math.max(changed.from, covered.from) - MARGIN;
  const end = Math.min(changed.until, covered.until) + MARGIN;
  const atOnce = Math.max(1, Math.floor(DAYS_AT_ONCE / Math.ceil((end - begin) / DAY)));
  const unique = [...new Set(users)];
  for (let i = 0; begin < end && i < unique.length; i += atOnce) {
    await replaceShifts(writer, unique.slice(i, i + atOnce), { from: begin, until: end }, covered, rules);
  }
}

/** Replaces the pieces that begin in `span`. */
async function replaceShifts(
  writer: Writer,
  users: readonly string[],
  span: Span,
  covered: Span,
  rules: Rules,
): Promise<void> {
  const seen = {
    from: Math.max(span.from - MARGIN, covered.from),
    until: Math.min(span.until + MARGIN, covered.until),
  };
  const keys = await writer.keys(users);
  const personOf = await peopleOf(writer, users, rules);
  const duties = Map.groupBy(await onCalls(writer, keys, seen), (row) => row.user_id);
  const fresh = users.flatMap((user_id) =>
    shiftsOf(duties.get(user_id) ?? [], personOf(user_id), seen).filter(
      ({ start }) => start >= span.from && start < span.until,
    ),
  );
  const begins = sql`"start" >= ${instant(span.from)} AND "start" < ${instant(span.until)}`;
  const mine = sql`"user_id" IN (SELECT "id" FROM ${keys}) AND ${begins}`;
  const old = await writer.read<Shift>(sql`SELECT * FROM "shift" WHERE ${mine}`);
  const before = new Map(old.map((row) => [keyOf(row), row]));
  if (old.length === fresh.length && fresh.every((row) => sameRow(before.get(keyOf(row)), row))) return;
  await writer.remove('shift', mine);
  await writer.put('shift', fresh);
}

function onCalls(writer: Writer, keys: Statement, seen: Span): Promise<RowOf<'on_call'>[]> {
  return writer.read<RowOf<'on_call'>>(
    sql`SELECT "o".* FROM "on_call" AS "o" JOIN ${keys} AS "k" ON "k"."id" = "o"."user_id" WHERE "o"."level" = 1 AND ("o"."start" IS NULL OR "o"."start" < ${instant(seen.until)}) AND ("o"."end" IS NULL OR "o"."end" > ${instant(seen.from)})`,
  );
}

function keyOf(row: Shift): string {
  return `${row.user_id} ${row.escalation_policy_id} ${row.schedule_key} ${row.start}`;
}
