import { auditRecord } from '../answers/audit-record.ts';
import { ApiError } from '../http/api-error.ts';
import { cursorPage } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import { addMonths, DAY } from '../time.ts';
import type { Answer } from './answer.ts';

/** The longest range, and how long records are kept. */
const MOST = 31 * DAY;
const KEPT_MONTHS = 12;

type AuditRecord = ReturnType<typeof auditRecord>;

/** What became of people, teams, services, policies and schedules, and who did it, newest first. */
export const AUDIT_ANSWERS = {
  '/audit/records': (question) => {
    const { since, until } = rangeOf(question);
    const { organisation, changes } = question.timeline;
    const admins = organisation.people.filter(({ role, deleted }) => role === 'admin' && !deleted);
    const people = admins.length > 0 ? admins : organisation.people.slice(0, 1);
    const records = changes()
      .filter(({ time }) => time >= since && time < until)
      .map((change) => auditRecord(change, people))
      .filter((record) => isAsked(record, question));
    return cursorPage(question, 'records', records.toReversed());
  },
} as const satisfies Record<string, Answer>;

/** The day before now where nothing is said, 31 days at most; nothing is older than 12 months. */
function rangeOf(question: Question) {
  const until = question.time('until') ?? question.now + 1;
  const since = question.time('since') ?? until - DAY;
  if (since > until) throw new ApiError('invalid_range', 'since must not lie after until.');
  if (until - since > MOST) throw new ApiError('range_too_long', 'since and until must lie within 31 days.');
  return { since: Math.max(since, addMonths(question.now, -KEPT_MONTHS)), until };
}

function isAsked({ root_resource, action, method, actors }: AuditRecord, question: Question): boolean {
  const types = question.list('root_resource_types');
  const actions = question.list('actions');
  const kind = `${root_resource.type.replace(/(_v3)?_reference$/, '')}s`.replace(/ys$/, 'ies');
  const has = (name: string, value: string | null | undefined) =>
    question.text(name) === null || question.text(name) === value;
  return (
    (types.length === 0 || types.includes(kind)) &&
    (actions.length === 0 || actions.includes(action)) &&
    has('method_type', method.type) &&
    has('method_truncated_token', method.truncated_token) &&
    has('actor_type', actors?.[0]?.type) &&
    has('actor_id', actors?.[0]?.id)
  );
}
