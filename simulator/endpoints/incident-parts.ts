import { type Alert, alert, alertsOf } from '../answers/alert.ts';
import { note } from '../answers/note.ts';
import { ApiError } from '../http/api-error.ts';
import { page } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import type { Answer } from './answer.ts';
import { oneIncident } from './incidents.ts';
import { type SortFields, sorted } from './sort.ts';

const ALERT_FIELDS: SortFields<Alert> = {
  created_at: ({ createdAt }) => createdAt,
  resolved_at: ({ resolvedAt }) => resolvedAt ?? Number.POSITIVE_INFINITY,
};

/** What belongs to one incident: its notes, all at once, and its alerts. */
export const INCIDENT_PART_ANSWERS = {
  '/incidents/:id/notes': (question) => {
    const lens = question.lens('UTC');
    const entries = question.timeline.entriesOf(oneIncident(question));
    return { notes: entries.filter(({ type }) => type === 'annotate').map((entry) => note(lens, entry)) };
  },
  '/incidents/:id/alerts': (question) => {
    const lens = question.lens('UTC');
    const found = alertsOf(lens, oneIncident(question)).filter((item) => isAsked(item, question));
    return page(question, 'alerts', sorted(question, found, ALERT_FIELDS), (item) => alert(lens, item));
  },
  '/incidents/:id/alerts/:part': (question) => {
    const lens = question.lens('UTC');
    const found = alertsOf(lens, oneIncident(question)).find(({ id }) => id === question.partId);
    if (!found) throw new ApiError('resource_not_found');
    return { alert: alert(lens, found) };
  },
} as const satisfies Record<string, Answer>;

function isAsked({ key, resolvedAt }: Alert, question: Question): boolean {
  const wanted = question.list('statuses');
  const wantedKey = question.text('alert_key');
  const isWanted = wanted.length === 0 || wanted.includes(resolvedAt === null ? 'triggered' : 'resolved');
  return isWanted && (wantedKey === null || wantedKey === key);
}
