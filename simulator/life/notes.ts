/** What people write down; a word behind # labels the incident. */
export const NOTES = [
  'Looking into it.',
  'Restarted the worker, watching it.',
  'Same as last week. #threshold',
  'The check asks the wrong port. #check-faulty',
  'Customers saw errors for about ten minutes. #service-issue',
  'Could have waited until the morning. #service-issue-wrong-time',
  'Dashboards were blank, the service was fine. #visibility-issue',
  'Planned work went on longer than we said. #known-work-downtime-expired',
  'Nobody set a downtime for the migration. #known-work-downtime-not-set',
  'Belongs to the incident before. #duplicate',
  'Not worth a call at night #wrong-time',
  'Ticket #4711 has the details <b>and the graph</b>.',
  '原因はディスクの容量でした。',
] as const;

/** What a status update says. */
export const UPDATES = [
  'We are aware of the problem and work on it.',
  'A fix is being rolled out.',
  'All systems are back to normal.',
] as const;
