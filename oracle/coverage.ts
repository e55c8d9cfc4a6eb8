import type { Answer, Expected } from './answer.ts';
import type { Facts } from './facts.ts';

/** Streams of which only the state is checked, as their rows are read ahead of or beside the account's history. */
const BESIDE = [
  'on_call',
  'users',
  'teams',
  'services',
  'escalation_policies',
  'schedules',
  'schedules_v3',
  'maintenance_windows',
  'priorities',
];

/** What coverage must be answered with once everything is harvested: how far the two streams reach and how many rows they hold. */
export function coverageAnswer({ since, harvestedUntil, incidents }: Facts): Answer {
  const entries = incidents.reduce((sum, incident) => sum + incident.entries.length, 0);
  const whole = { from: since, to: harvestedUntil, state: 'complete' };
  const cells: Record<string, Expected>[] = [
    { stream: 'incidents', ...whole, rows: incidents.length },
    { stream: 'log_entries', ...whole, rows: entries },
    ...BESIDE.map((stream) => ({ stream, state: 'complete' })),
  ];
  return { key: ['stream'], rows: cells.map((row) => ({ cells: row, required: true })) };
}
