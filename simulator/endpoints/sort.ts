import type { Rows, Timeline } from '../account/timeline.ts';
import { ApiError } from '../http/api-error.ts';
import type { Question } from '../http/question.ts';
import type { Incident } from '../life/incident.ts';
import type { Thing } from '../organisation/things.ts';

/** What rows can be sorted by. */
export type SortFields<T> = Readonly<Record<string, (row: T) => number | string>>;

const MOST = 2;

/** What incidents can be sorted by; of urgencies, high comes after low, and what is open was resolved last. */
export function incidentFields({ state }: Timeline): SortFields<Incident> {
  return {
    incident_number: ({ number }) => number,
    created_at: ({ createdAt }) => createdAt,
    resolved_at: (incident) => state(incident).resolvedAt ?? Number.POSITIVE_INFINITY,
    urgency: (incident) => (state(incident).urgency === 'high' ? 1 : 0),
  };
}

/** What services and policies can be sorted by. */
export const BY_NAME: SortFields<Thing> = { name: ({ name }) => name };

/** Rows in the order that sort_by asks for; those that are alike, and all without it, stay as they are. */
export function sorted<T>(question: Question, rows: Rows<T>, fields: SortFields<T>): Rows<T> {
  const asked = question.text('sort_by');
  if (asked === null) return rows;
  const orders = asked.split(',').map((text) => orderOf(text, fields));
  if (orders.length > MOST) throw new ApiError('invalid_input', `sort_by takes at most ${MOST} fields.`);
  return rows.slice(0, rows.length).toSorted((a, b) => {
    for (const { value, sign } of orders) {
      const [left, right] = [value(a), value(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

function orderOf<T>(text: string, fields: SortFields<T>) {
  const [field = '', direction = 'asc'] = text.split(':');
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!value || !['asc', 'desc'].includes(direction)) {
    const names = Object.keys(fields).join(', ');
    throw new ApiError(
      'invalid_input',
      `sort_by must name ${names}, each with :asc or :desc, not "${text}".`,
    );
  }
  return { value, sign: direction === 'asc' ? 1 : -1 };
}
