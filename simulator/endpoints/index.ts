import { ANALYTICS_ANSWERS, ANALYTICS_LISTS } from './analytics.ts';
import { METRIC_ANSWERS } from './analytics-metrics.ts';
import type { Answer } from './answer.ts';
import { AUDIT_ANSWERS } from './audit.ts';
import { CONTACT_ANSWERS } from './contacts.ts';
import { DIRECTORY_ANSWERS } from './directory.ts';
import { INCIDENT_PART_ANSWERS } from './incident-parts.ts';
import { INCIDENT_ANSWERS } from './incidents.ts';
import { LOG_ENTRY_ANSWERS } from './log-entries.ts';
import { MAINTENANCE_ANSWERS } from './maintenance-windows.ts';
import { NOTIFICATION_ANSWERS } from './notifications.ts';
import { SCHEDULE_ANSWERS } from './schedules.ts';

/** Everything that can be asked by GET: paths, and what answers them; of two that fit, the first does. */
export const ENDPOINTS: Readonly<Record<string, Answer>> = {
  ...CONTACT_ANSWERS,
  ...DIRECTORY_ANSWERS,
  ...SCHEDULE_ANSWERS,
  ...MAINTENANCE_ANSWERS,
  ...INCIDENT_ANSWERS,
  ...INCIDENT_PART_ANSWERS,
  ...LOG_ENTRY_ANSWERS,
  ...NOTIFICATION_ANSWERS,
  ...ANALYTICS_ANSWERS,
  ...AUDIT_ANSWERS,
};

/** What is asked by POST and changes nothing. */
export const POSTED: Readonly<Record<string, Answer>> = { ...ANALYTICS_LISTS, ...METRIC_ANSWERS };
