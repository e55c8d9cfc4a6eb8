import type { Rows } from '../account/timeline.ts';
import { Fault } from '../http/fault.ts';
import type { Question } from '../http/question.ts';
import type { Incident, State } from '../life/incident.ts';

/** What incidents can be sorted by; of urgencies, high comes after low. */
const FIELDS = {
  incident_number: ({ number }) => number,
  created_at: ({ createdAt }) => createdAt,
  resolved_at: (_incident, { resolvedAt }) => resolvedAt ?? Number.POSITIVE_INFINITY,
  urgency: (_incident, { urgency }) => (urgency === 'high' ? 1 : 0),
} as const satisfies Record<string, (incident: Incident, state: State) => number>;

const MOST = 2;

/** Incidents in the order that sort_by asks for; without it by number. */
export function sorted(question: Question, incidents: Rows<Incident>): Rows<Incident> {
  const asked = question.text('sort_by');
  if (asked === null) return incidents;
  const orders = asked.split(',').map(orderOf);
  if (orders.length > MOST) throw new Fault('invalid_input', `sort_by takes at most ${MOST} fields.`);
  const state = (incident: Incident) => question.timeline.state(incident);
  return incidents.slice(0, incidents.length).toSorted((a, b) => {
    for (const { value, sign } of orders) {
      const [left, right] = [value(a, state(a)), value(b, state(b))];
      if (left !== right) return left < right ? -sign : sign;
    }
    return a.number - b.number;
  });
}

function orderOf(text: string) {
  const [field = '', direction = 'asc'] = text.split(':');
  if (!(field in FIELDS) || !['asc', 'desc'].includes(direction)) {
    const names = Object.keys(FIELDS).join(', ');
    throw new Fault('invalid_input', `sort_by must name ${names}, each with :asc or :desc, not "${text}".`);
  }
  return { value: FIELDS[field as keyof typeof FIELDS], sign: direction === 'asc' ? 1 : -1 };
}
