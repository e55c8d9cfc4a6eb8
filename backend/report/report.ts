import type { Filter, Status } from '../contract.ts';
import type { Ask } from './ask.ts';
import type { Document } from './document.ts';
import type { Period } from './period.ts';
import { SECTIONS } from './sections.ts';

/** What a report is asked for. */
export interface ReportRequest {
  period: Period;
  /** Teams by name or id; all where empty. */
  teams: string[];
  /** IANA zone of days and of the figures' hours. */
  timeZone: string;
}

/** The on-call report of a period, every number of it an answer of POST /query. Throws what `ask` throws. */
export async function report(
  ask: Ask,
  { period, teams, timeZone }: ReportRequest,
  account: Status['account'],
): Promise<Document> {
  const filters: Filter[] = teams.length > 0 ? [{ dimension: 'team', op: '=', values: teams }] : [];
  const made = await Promise.all(
    Object.values(SECTIONS).map((make) => make({ ask, period, filters, timeZone })),
  );
  const simulated = account?.simulated ? ['SIMULATED DATA: nobody was paged.'] : [];
  return {
    title: `On-call report, ${period.name}`,
    subtitle: [account?.name, teams.join(', ') || 'all teams', `days in ${timeZone}`]
      .filter((part) => part !== undefined)
      .join(' · '),
    sections: made.map(({ section }) => section),
    warnings: [...simulated, ...new Set(made.flatMap(({ warnings }) => warnings))],
  };
}
