import type { Answered, Ask } from './ask.ts';
import { hours, percent, tableOf } from './text.ts';

const TOP = 5;

/** Enough of everything that no limit cuts. */
const MOST = 10_000;

/** A short on-call report of the range in plain text: totals, budgets, the noisiest alerts, the worst nights, and what to mind. */
export async function report(ask: Ask, range: { from: string; to: string }): Promise<string> {
  const [totals, budgets, noise, nights] = await Promise.all([
    Promise.all(TOTALS.map(([metric]) => ask({ queryType: 'metric', range, metric, format: 'table' }))),
    ask({ queryType: 'budget', view: 'status', range }),
    ask({ queryType: 'noise', range, limit: MOST }),
    ask({ queryType: 'night', range }),
  ]);
  const figures = TOTALS.map(
    ([metric, label, show], n) => `${label.padEnd(24)}${show(totals[n]?.rows[0]?.[metric] ?? null)}`,
  );
  const warnings = new Set([...totals, budgets, noise, nights].flatMap((answer) => answer.warnings));
  return [
    `On-call report, ${range.from.slice(0, 10)} to ${range.to.slice(0, 10)} (UTC)`,
    figures.join('\n'),
    `Alert budgets\n${tableOf(budgets.rows, BUDGETS)}`,
    `Noisiest alerts\n${tableOf(noise.rows.slice(0, TOP), NOISE)}`,
    `Most interrupted nights\n${tableOf(byPerson(nights.rows).slice(0, TOP), PEOPLE)}`,
    ...(warnings.size > 0 ? [`To mind\n${[...warnings].map((text) => `  ${text}`).join('\n')}`] : []),
  ].join('\n\n');
}

type Show = (value: Answered[string]) => string;

const plain: Show = (value) => (value === null ? 'unknown' : String(value));

const TOTALS: [string, string, Show][] = [
  ['incidents', 'Incidents', plain],
  ['paged_incidents', 'Paged incidents', plain],
  ['interruptions', 'Interruptions', plain],
  ['sleep_interruptions', 'Night interruptions', plain],
  ['time_to_acknowledge', 'Median time to ack', hours],
  ['auto_resolved_share', 'Auto-resolved', percent],
];

const BUDGETS: [string, string, Show][] = [
  ['budget', 'Budget', plain],
  ['used', 'Used', plain],
  ['allowed', 'Allowed', plain],
  ['remaining', 'Remaining', percent],
  [
    'exhausted_since',
    'Exhausted since',
    (value) => (value === null ? '' : new Date(Number(value)).toISOString().slice(0, 10)),
  ],
];

const NOISE: [string, string, Show][] = [
  ['fingerprint', 'Alert', (value) => String(value).slice(0, 48)],
  ['service', 'Service', plain],
  ['interruptions', 'Interruptions', plain],
  ['share', 'Share', percent],
  ['auto_resolved_share', 'Auto-resolved', percent],
];

const PEOPLE: [string, string, Show][] = [
  ['user', 'Person', plain],
  ['sleep_interruptions', 'Night interruptions', plain],
  ['broken', 'Broken nights', plain],
  ['on_call_hours', 'On call at night', (value) => `${Number(value).toFixed(0)} h`],
];

function byPerson(nights: readonly Answered[]): Answered[] {
  const people = [...Map.groupBy(nights, (night) => night.user_id)].map(([, rows]) => ({
    user: rows[0]?.user ?? null,
    sleep_interruptions: sum(rows, 'sleep_interruptions'),
    broken: rows.filter((row) => row.broken === true).length,
    on_call_hours: sum(rows, 'on_call_hours'),
  }));
  return people.sort(
    (a, b) => b.sleep_interruptions - a.sleep_interruptions || String(a.user).localeCompare(String(b.user)),
  );
}

function sum(rows: readonly Answered[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
}
