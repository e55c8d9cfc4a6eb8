import { identified } from './dimensions.ts';
import { bucketOf } from './metric-answer.ts';
import type { Query } from './query.ts';

/** A column of a table; one that is not required belongs to a later stage of the product. */
export interface Column {
  name: string;
  required: boolean;
}

function listed(text: string, required = true): Column[] {
  return text.split(' ').map((name) => ({ name, required }));
}

const tables: Record<string, Column[]> = {
  incidents: [
    ...listed('time number id title status urgency priority priority_id service service_id teams team_ids'),
    ...listed('escalation_policy escalation_policy_id time_to_acknowledge time_to_resolve resolved_by'),
    ...listed('notifications pages interruptions category fingerprint fingerprint_id'),
    ...listed('actionable transient flapping url'),
  ],
  night: [
    ...listed('user user_id night on_call_hours sleep_interruptions awake_minutes longest_block_minutes'),
    ...listed('broken severe recovery_hours'),
  ],
  noise: [
    ...listed('fingerprint fingerprint_id service service_id incidents pages interruptions'),
    ...listed(
      'sleep_interruptions awake_minutes share auto_resolved_share transient_share flapping_incidents',
    ),
    ...listed('false_positive_share unknown_share supported trustworthy actionable triaged'),
    ...listed('advice evidence', false),
  ],
  pages: [
    ...listed('time local_time user user_id incident incident_id service service_id teams team_ids'),
    ...listed('escalation_policy escalation_policy_id schedule schedule_id urgency priority priority_id'),
    ...listed('means hour_class night notifications interruption'),
  ],
  log_entries: listed(
    'time body level id type incident incident_id user user_id service service_id channel duration',
  ),
  episodes: listed('time end service service_id incidents pages first_title'),
  people: [
    ...listed('user user_id on_call_hours interruptions sleep_interruptions interruptions_per_100_hours'),
    ...listed('nights broken_nights worst_week_band'),
    ...listed('rest_breaches expected observed_to_expected low high structural', false),
  ],
  ...Object.fromEntries(
    ['now', 'shifts', 'gaps'].map((view) => [
      `on_call ${view}`,
      listed('user user_id schedule schedule_id escalation_policy escalation_policy_id level start end'),
    ]),
  ),
  'budget burn_rate': listed('time burn_1d burn_3d burn_7d'),
  'slo burn_down': listed('time bad_seconds remaining'),
  'slo burn_rate': [
    ...listed('time'),
    ...listed('burn_page_fast burn_page_slow', false),
    ...listed('burn_ticket_fast burn_ticket_slow'),
  ],
  coverage: listed('stream from to state rows reason'),
  'budget status': [
    ...listed('budget team'),
    ...listed('team_id team_ids', false),
    ...listed(
      'unit period state allowed used remaining exhausted overspent exhausted_since burn_1d burn_3d burn_7d',
    ),
    ...listed('time_to_exhaustion'),
    ...listed('forecast_probability forecast_date contract contract_since consequence', false),
  ],
  'budget shifts': listed('user user_id schedule schedule_id start end used allowed over'),
  'budget burn_down': listed('time used ideal allowed'),
  'slo status': [
    ...listed('slo service'),
    ...listed('service_id service_ids', false),
    ...listed('target sli remaining bad_seconds'),
    ...listed('burn_page_fast state_page_fast burn_page_slow state_page_slow', false),
    ...listed('burn_ticket_fast state_ticket_fast burn_ticket_slow state_ticket_slow'),
    ...listed('selection', false),
  ],
};

/** The columns of a table query in the order that every client may rely on. */
export function columnsFor(query: Query): Column[] {
  if (query.queryType !== 'metric') {
    const name = 'view' in query ? `${query.queryType} ${query.view}` : query.queryType;
    return tables[name] ?? [];
  }
  const by = query.by.flatMap((dimension) =>
    identified.includes(dimension) ? [dimension, `${dimension}_id`] : [dimension],
  );
  const time = bucketOf(query) === 'none' ? [] : ['time'];
  const comparison = query.compare ? ['previous', 'change'] : [];
  return listed([...by, ...time, query.metric, ...comparison].join(' '));
}

/** What is wrong with given columns: one unknown or out of order, or one required that is missing. */
export function columnFaults(expected: Column[], given: string[]): string[] {
  const order = expected.map(({ name }) => name);
  const unknown = given.filter((name) => !order.includes(name)).map((name) => `unknown column ${name}`);
  const missing = expected
    .filter(({ name, required }) => required && !given.includes(name))
    .map(({ name }) => `missing column ${name}`);
  const positions = given.map((name) => order.indexOf(name)).filter((position) => position >= 0);
  const ordered = positions.every(
    (position, index) => index === 0 || position > (positions[index - 1] ?? -1),
  );
  return [...unknown, ...missing, ...(ordered ? [] : [`columns out of order: ${given.join(', ')}`])];
}
