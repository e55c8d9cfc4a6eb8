import { number, text, time } from '../column.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  text('stream', 'Stream'),
  time('from', 'From'),
  time('to', 'To'),
  text('state', 'State', { description: 'waiting, running, complete, error or disabled.' }),
  number('rows', 'Rows'),
  text('reason', 'Reason', { description: 'Why it is not complete, and what to do.' }),
];

/** What is harvested of each stream. */
export const coverage: QueryType = {
  title: 'Coverage',
  description: 'How far each stream of PagerDuty is harvested, and what is missing and why.',
  fields: [],
  example: {},
  answer: async (_question, context) => ({ kind: 'table', columns: COLUMNS, rows: context.coverage.streams }),
};
