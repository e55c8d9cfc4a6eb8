import { sql } from '../../sql/statement.ts';
import { count, type RowMetric } from './metric.ts';

const SECTION = '2-notifications-pages-interruptions';

/** Metrics of notifications and pages to people. */
export const peopleMetrics = {
  notifications: count('notification', 'time', {
    title: 'Notifications',
    section: SECTION,
    description: 'Contact attempts to people, e-mails included, whatever caused them.',
  }),
  pages: count('people', 'time', {
    title: 'Pages',
    section: SECTION,
    description:
      'Notifications of one incident to one person within 5 minutes count as one page; e-mails never page.',
  }),
  interruptions: count('people', 'time', {
    title: 'Interruptions',
    section: SECTION,
    description: 'Pages to one person within 5 minutes, across incidents, count once.',
    where: sql`"p"."interruption"`,
  }),
  sleep_interruptions: count('people', 'time', {
    title: 'Night interruptions',
    section: SECTION,
    description: "Interruptions in the person's own night, 22:00 to 08:00 unless configured otherwise.",
    where: sql`"p"."interruption" AND "p"."hour_class" = 'sleep'`,
  }),
} as const satisfies Record<string, RowMetric>;
