import { all, column, instant, type Statement, sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import { allowOnly } from './allowed.ts';
import type { QueryContext } from './context.ts';
import { POLICY_TEAMS } from './dimensions.ts';
import { condition, type Matcher } from './filter.ts';
import type { Question } from './question.ts';
import { gapsIn, merge, type Span } from './spans.ts';

/** An entry of on-call time, or a gap in it with null person and schedule; null start or end = permanent. */
export interface Duty extends Row {
  user_id: string | null;
  schedule_id: string | null;
  escalation_policy_id: string;
  level: number;
  start: number | null;
  end: number | null;
}

/** Who is on call at the end of the range, as far as it is harvested. */
export function dutiesAt(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<Duty[]> {
  const at = Math.min(question.to, context.coverage.until ?? question.to);
  return duties(at, at + 1, context, matchers);
}

/** Every entry that meets the range. */
export function dutiesIn(
  { from, to }: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<Duty[]> {
  return duties(from, to, context, matchers);
}

/** A distinct turn on call at level 1 of a schedule; of one without an end, `end` is infinite. */
interface Turn {
  user_id: string;
  schedule_id: string;
  start: number;
  end: number;
}

/** The distinct turns at level 1 of schedules that meet the range, of the policies, teams and schedules selected. */
export async function levelOneTurns(
  { from, to }: Question,
  { reader, signal }: QueryContext,
  matchers: readonly Matcher[],
): Promise<Turn[]> {
  const kept = matchers.filter(({ dimension }) => TURN_DIMENSIONS.includes(dimension));
  const rows = await reader.read<{ user_id: string; schedule_id: string; start: number; end: number | null }>(
    sql`SELECT DISTINCT "s"."user_id", "s"."schedule_id", "s"."start", "s"."end" FROM "on_call" AS "s" WHERE "s"."level" = 1 AND "s"."schedule_id" IS NOT NULL AND "s"."start" < ${instant(to)} AND ("s"."end" IS NULL OR "s"."end" > ${instant(from)}) AND ${passing(kept)}`,
    signal,
  );
  return rows.map((row) => ({ ...row, end: row.end ?? Number.POSITIVE_INFINITY }));
}

const TURN_DIMENSIONS = ['schedule', 'escalation_policy', 'team'];

/** The stretches of the range, as far as on-call time is known, in which a policy that is listed had nobody at level 1. */
export async function gapsOf(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<Duty[]> {
  allowOnly(['escalation_policy', 'team'], 'gaps', question);
  const known = knownSpan(question, context);
  if (!known) return [];
  const [policies, entries] = await Promise.all([
    policyIds(context, matchers),
    duties(known.start, known.end, context, matchers),
  ]);
  const covered = Map.groupBy(
    entries.filter(({ level }) => level === 1),
    (entry) => entry.escalation_policy_id,
  );
  return policies.flatMap((policy) => {
    const spans = (covered.get(policy) ?? []).map((entry) => clip(entry, known));
    return gapsIn(known, merge(spans)).map((gap) => gapRow(policy, gap));
  });
}

const gapRow = (escalation_policy_id: string, { start, end }: Span): Duty => ({
  user_id: null,
  schedule_id: null,
  escalation_policy_id,
  level: 1,
  start,
  end,
});

/** What of the range on-call time is known of, days ahead included. */
function knownSpan({ from, to }: Question, { coverage }: QueryContext): Span | null {
  const until = coverage.streams.find(({ stream }) => stream === 'on_call')?.to ?? null;
  if (coverage.onCallFrom === null || until === null) return null;
  const known = { start: Math.max(from, coverage.onCallFrom), end: Math.min(to, until) };
  return known.start < known.end ? known : null;
}

function clip({ start, end }: Duty, within: Span): Span {
  return {
    start: Math.max(start ?? within.start, within.start),
    end: Math.min(end ?? within.end, within.end),
  };
}

function duties(
  from: number,
  to: number,
  { reader, signal }: QueryContext,
  matchers: readonly Matcher[],
): Promise<Duty[]> {
  const overlaps = sql`("s"."start" IS NULL OR "s"."start" < ${instant(to)}) AND ("s"."end" IS NULL OR "s"."end" > ${instant(from)})`;
  const columns = sql`"s"."user_id", "s"."schedule_id", "s"."escalation_policy_id", "s"."level", "s"."start", "s"."end"`;
  return reader.read<Duty>(
    sql`SELECT ${columns} FROM "on_call" AS "s" WHERE ${overlaps} AND ${passing(matchers)} ORDER BY "s"."escalation_policy_id", "s"."level", "s"."start" NULLS FIRST, "s"."id"`,
    signal,
  );
}

async function policyIds({ reader, signal }: QueryContext, matchers: readonly Matcher[]): Promise<string[]> {
  const rows = await reader.read<{ id: string }>(
    sql`SELECT "escalation_policy_id" AS "id" FROM (SELECT "id" AS "escalation_policy_id" FROM "escalation_policy" WHERE "listed") AS "s" WHERE ${passing(matchers)} ORDER BY 1`,
    signal,
  );
  return rows.map(({ id }) => id);
}

const SOURCES: Readonly<Record<string, Parameters<typeof condition>[1]>> = {
  user: { one: column('s', 'user_id') },
  schedule: { one: column('s', 'schedule_id') },
  escalation_policy: { one: column('s', 'escalation_policy_id') },
  team: { many: POLICY_TEAMS, row: column('s', 'escalation_policy_id') },
};

function passing(matchers: readonly Matcher[]): Statement {
  return all(
    matchers.map((matcher) => {
      const source = SOURCES[matcher.dimension];
      if (!source) throw new Error(`on-call time has no ${matcher.dimension}`);
      return condition(matcher, source);
    }),
  );
}
