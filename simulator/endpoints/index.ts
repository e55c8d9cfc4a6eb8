import { type Answer, DIRECTORY_ANSWERS } from './directory.ts';
import { INCIDENT_ANSWERS } from './incidents.ts';
import { LOG_ENTRY_ANSWERS } from './log-entries.ts';
import { SCHEDULE_ANSWERS } from './schedules.ts';

/** Everything that can be asked: paths, and what answers them. */
export const ENDPOINTS: Readonly<Record<string, Answer>> = {
  ...DIRECTORY_ANSWERS,
  ...SCHEDULE_ANSWERS,
  ...INCIDENT_ANSWERS,
  ...LOG_ENTRY_ANSWERS,
};
