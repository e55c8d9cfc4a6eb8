import { sql } from '../../sql/statement.ts';
import { flag, text, time } from '../column.ts';
import { type Coverage, honestyOf, iso } from '../coverage.ts';
import type { TableAnswer } from '../frame.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  text('banner', 'Data'),
  text('account', 'Account'),
  flag('simulated', 'Simulated'),
  time('harvested_until', 'Harvested until'),
  flag('complete', 'Complete'),
  text('reason', 'Reason', { description: 'Why the range is not complete.' }),
];

/** Whose data a dashboard shows, how fresh it is, and whether it is made up. */
export const account: QueryType = {
  title: 'Account',
  description: 'Whose data this is, how fresh and complete it is, and whether it is simulated.',
  fields: [],
  example: {},
  async answer(question, context): Promise<TableAnswer> {
    const [row] = await context.reader.read(sql`SELECT "name", "simulated" FROM "account"`, context.signal);
    const { complete, reason } = honestyOf(context.coverage, question, question.zone.name);
    const { until } = context.coverage;
    const name = row ? String(row.name) : null;
    const banner = bannerOf(name, row?.simulated === true, context.coverage);
    const cells = {
      banner,
      account: name,
      simulated: row ? row.simulated === true : null,
      harvested_until: until,
      complete,
      reason,
    };
    return { kind: 'table', columns: COLUMNS, rows: [cells] };
  },
};

/** One line for the top of a dashboard; what keeps the harvest from going on comes first. */
function bannerOf(name: string | null, simulated: boolean, { until, trouble }: Coverage): string {
  const account = name === null ? 'no PagerDuty account is harvested yet' : `PagerDuty account ${name}`;
  const whose = simulated ? 'SIMULATED DATA: this account is made up and nobody was paged' : account;
  const fresh =
    until === null
      ? 'nothing harvested yet'
      : `harvested until ${iso(until).slice(0, 16).replace('T', ' ')} UTC`;
  return [...(trouble ? [`PROBLEM: ${trouble}`] : []), whose, fresh].join(' · ');
}
