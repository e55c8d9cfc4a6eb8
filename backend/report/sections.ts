import { DAY } from '../clock.ts';
import type { Filter, Query, TimeRange } from '../contract.ts';
import { OPEN_SINCE } from '../query/review.ts';
import type { Answer, Answered, Ask } from './ask.ts';
import type { Cell, Section } from './document.ts';
import type { Period } from './period.ts';
import { change, dayIn, duration, momentIn, percent, plain, type Show, text, wholeHours } from './show.ts';
import { snoozedAt } from './snoozed.ts';

/** What a section is made from. */
export interface Asking {
  ask: Ask;
  period: Period;
  filters: Filter[];
  timeZone: string;
}

/** Makes one section of the report, with what its answers say to mind. */
export type SectionMaker = (asking: Asking) => Promise<{ section: Section; warnings: string[] }>;

const TOP = 10;

/** Enough of everything that no limit cuts. */
const MOST = 10_000;

type Column = [name: string, title: string, show: Show, link?: string];

/** The report's sections, in order. */
export const SECTIONS = {
  summary,
  budgets,
  paged,
  noisiest,
  nights,
  open,
} as const satisfies Record<string, SectionMaker>;

const FIGURES: [metric: string, title: string, show: Show, kind: 'share' | 'amount'][] = [
  ['incidents', 'Incidents', plain, 'amount'],
  ['paged_incidents', 'Paged incidents', plain, 'amount'],
  ['interruptions', 'Interruptions', plain, 'amount'],
  ['sleep_interruptions', 'Night interruptions', plain, 'amount'],
  ['time_to_acknowledge', 'Median time to acknowledge', duration, 'amount'],
  ['time_to_resolve', 'Median time to resolve', duration, 'amount'],
  ['unacknowledged_share', 'Never acknowledged', percent, 'share'],
  ['auto_resolved_share', 'Auto-resolved', percent, 'share'],
];

async function summary(asking: Asking) {
  const { range, before } = asking.period;
  const now = await Promise.all(FIGURES.map(([metric]) => figure(asking, metric, range)));
  const then = await Promise.all(FIGURES.map(([metric]) => figure(asking, metric, before)));
  const rows = FIGURES.map(([metric, title, show, kind], n) => {
    const [value, earlier] = [now[n], then[n]].map((answer) => answer?.rows[0]?.[metric] ?? null);
    return cells([
      title,
      show(value ?? null),
      show(earlier ?? null),
      change(value ?? null, earlier ?? null, kind),
    ]);
  });
  const section = {
    title: 'The period in numbers',
    columns: ['Figure', 'Now', 'Before', 'Change'],
    rows,
    empty: 'No figures.',
  };
  return { section, warnings: now.flatMap((answer) => answer.warnings) };
}

async function budgets(asking: Asking) {
  const columns: Column[] = [
    ['budget', 'Budget', plain],
    ['team', 'Team', text],
    ['used', 'Used', plain],
    ['allowed', 'Allowed', plain],
    ['remaining', 'Remaining', percent],
    ['exhausted_since', 'Exhausted since', dayIn(asking.timeZone)],
    [
      'burn_7d',
      'Burn over 7 days',
      (value) => (value === null ? 'unknown' : `${Number(value).toFixed(2)} ×`),
    ],
  ];
  const answer = await question(asking, { queryType: 'budget', view: 'status' });
  return tabled('Alert budgets', columns, answer, 'No alert budget is set up for this selection.');
}

async function paged(asking: Asking) {
  const by = { queryType: 'metric', metric: 'paged_incidents', by: ['service'], format: 'table' };
  const now = await question(asking, by);
  const then = await question(asking, by, asking.period.before);
  const before = new Map(then.rows.map((row) => [row.service_id, row.paged_incidents ?? 0]));
  const absent = then.complete ? 0 : null;
  const rows = now.rows
    .map((row): Answered => ({ ...row, before: before.get(row.service_id ?? null) ?? absent }))
    .sort((a, b) => Number(b.paged_incidents) - Number(a.paged_incidents))
    .slice(0, TOP);
  const columns: Column[] = [
    ['service', 'Service', plain],
    ['paged_incidents', 'Paged incidents', plain],
    ['before', 'Before', plain],
  ];
  return tabled(`What paged (top ${TOP} services)`, columns, { ...now, rows }, 'Nobody was paged.');
}

async function noisiest(asking: Asking) {
  const answer = await question(asking, { queryType: 'noise', limit: MOST });
  const columns: Column[] = [
    ['fingerprint', 'Alert', plain],
    ['service', 'Service', plain],
    ['incidents', 'Incidents', plain],
    ['interruptions', 'Interruptions', plain],
    ['share', 'Share', percent],
    ['auto_resolved_share', 'Auto-resolved', percent],
  ];
  const rows = answer.rows.slice(0, TOP);
  return tabled(`Noisiest alerts (top ${TOP})`, columns, { ...answer, rows }, 'There was no incident.');
}

async function nights(asking: Asking) {
  const answer = await question(asking, { queryType: 'night', limit: MOST });
  const columns: Column[] = [
    ['user', 'Person', plain],
    ['sleep_interruptions', 'Night interruptions', plain],
    ['broken', 'Broken nights', plain],
    ['on_call_hours', 'On call at night', wholeHours],
  ];
  const rows = byPerson(answer.rows);
  const empty = 'Nobody was on call or called by night, or none of them may be shown (people: aggregates).';
  return tabled('Nights per person', columns, { ...answer, rows }, empty);
}

async function open(asking: Asking) {
  const to = asking.period.range.to;
  const from = new Date(Date.parse(to) - OPEN_SINCE * DAY).toISOString();
  const unresolved: Filter = { dimension: 'status', op: '!=', values: ['resolved'] };
  const filters = [...asking.filters, unresolved];
  const about = { ...asking, filters };
  const range = { from, to };
  const [answer, entries] = await Promise.all([
    question(about, { queryType: 'incidents', limit: MOST }, range),
    question(about, { queryType: 'log_entries', limit: MOST }, range),
  ]);
  const until = snoozedAt(entries.rows, Date.parse(to));
  const rows = answer.rows.map((row) => ({ ...row, snoozed_until: until.get(String(row.id)) ?? null }));
  const columns: Column[] = [
    ['number', 'Incident', (value) => `#${value}`, 'url'],
    ['title', 'Title', plain],
    ['service', 'Service', plain],
    ['urgency', 'Urgency', plain],
    ['status', 'Status', plain],
    ['time', 'Since', dayIn(asking.timeZone)],
    ['snoozed_until', 'Snoozed until', momentIn(asking.timeZone)],
  ];
  const warnings = [...answer.warnings, ...entries.warnings];
  return tabled('Incidents still open', columns, { ...answer, rows, warnings }, 'No incident is open.');
}

function figure(asking: Asking, metric: string, range: TimeRange): Promise<Answer> {
  return question(asking, { queryType: 'metric', metric, format: 'table' }, range);
}

function question(
  { ask, period, filters, timeZone }: Asking,
  parts: Partial<Query> & Pick<Query, 'queryType'>,
  range: TimeRange = period.range,
): Promise<Answer> {
  return ask({ range, timeZone, filters, ...parts });
}

function tabled(title: string, columns: Column[], { rows, warnings }: Answer, empty: string) {
  const section: Section = {
    title,
    columns: columns.map(([, heading]) => heading),
    rows: rows.map((row) =>
      columns.map(([name, , show, link]) => {
        const url = link === undefined ? null : row[link];
        return { text: show(row[name] ?? null), ...(typeof url === 'string' && { url }) };
      }),
    ),
    empty,
  };
  return { section, warnings };
}

function byPerson(nights: readonly Answered[]): Answered[] {
  const people = [...Map.groupBy(nights, (night) => night.user_id)].map(([, rows]) => ({
    user: rows[0]?.user ?? null,
    sleep_interruptions: sum(rows, 'sleep_interruptions'),
    broken: rows.every((row) => row.broken === null) ? null : rows.filter((row) => row.broken).length,
    on_call_hours: sum(rows, 'on_call_hours'),
  }));
  return people.sort(
    (a, b) =>
      Number(b.sleep_interruptions) - Number(a.sleep_interruptions) ||
      String(a.user).localeCompare(String(b.user)),
  );
}

/** The sum of a column; null where a value of it is unknown. */
function sum(rows: readonly Answered[], column: string): number | null {
  return rows.reduce<number | null>((total, row) => {
    const value = row[column] ?? null;
    return total === null || value === null ? null : total + Number(value);
  }, 0);
}

function cells(texts: string[]): Cell[] {
  return texts.map((one) => ({ text: one }));
}
