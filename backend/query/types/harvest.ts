import type { Status } from '../../contract.ts';
import { AppError } from '../../errors.ts';
import { flag, number, seconds, share, text, time } from '../column.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  text('state', 'State', { description: 'starting, harvesting, ready, stopped or standby.' }),
  flag('complete', 'Complete', { description: 'Whether incidents and log entries are whole.' }),
  text('reason', 'Reason', { description: 'Why not.' }),
  text('error', 'Error', { description: 'What fails at present, with what to do.' }),
  text('last_error', 'Last error', { description: 'The last failure, also one that has passed.' }),
  text('last_error_stream', 'Stream'),
  time('last_error_at', 'Time of the last error'),
  text('remarks', 'Remarks', { description: 'What is to be known and makes no figure incomplete.' }),
  time('harvested_until', 'Harvested until'),
  seconds('behind', 'Behind', { description: "From there to PagerDuty's present." }),
  share('done', 'Backfill done', { description: 'Share of the windows of the past that are read.' }),
  text('window', 'Window', { description: 'What is being read of the past.' }),
  number('rows', 'Rows'),
  number('rows_per_second', 'Rows per second', { unit: 'rowsps' }),
  seconds('time_left', 'Time left', { description: 'Of the backfill, at the rate so far.' }),
  number('requests', 'Requests', { description: 'To PagerDuty since the process began.' }),
  number('refused', 'Refused', { description: 'Not answered with 2xx and readable JSON.' }),
  number('requests_per_minute', 'Requests a minute', { unit: 'reqpm' }),
  number('allowed_per_minute', 'Allowed a minute', { unit: 'reqpm', description: 'By requestShare.' }),
  number('account_limit', 'Limit of the account', {
    unit: 'reqpm',
    description: "As PagerDuty's answers tell it.",
  }),
  text('store', 'Store'),
  number('store_bytes', 'Store size', { unit: 'bytes' }),
  text('configuration', 'Configuration', { description: 'Hash of all by which answers can differ.' }),
  text('settings', 'Settings'),
  text('rules', 'Rules'),
  text('budgets', 'Budgets'),
  number('schema', 'Schema'),
  text('version', 'Version'),
];

/** What the backend says of itself in GET /status, as one row. */
export const harvest: QueryType = {
  title: 'Harvest',
  description: 'How the harvest is doing: progress, rate, requests, last error, store and configuration.',
  fields: [],
  example: {},
  async answer(_question, { status }) {
    if (!status) throw new AppError('starting', 'This process harvests nothing.');
    return { kind: 'table', columns: COLUMNS, rows: [rowOf(await status())] };
  },
};

function rowOf(status: Status) {
  const { progress, requests, configuration, lastError, store } = status;
  return {
    state: status.state,
    complete: status.complete,
    reason: status.reason,
    error: status.error,
    last_error: lastError?.message ?? null,
    last_error_stream: lastError?.stream ?? null,
    last_error_at: lastError ? Date.parse(lastError.at) : null,
    remarks: status.remarks.join('\n') || null,
    harvested_until: status.harvestedUntil === null ? null : Date.parse(status.harvestedUntil),
    behind: status.behindSeconds,
    done: progress.done,
    window: progress.window,
    rows: progress.rows,
    rows_per_second: progress.rowsPerSecond,
    time_left: progress.secondsLeft,
    requests: requests.used,
    refused: requests.refused,
    requests_per_minute: requests.perMinute,
    allowed_per_minute: requests.allowedPerMinute,
    account_limit: requests.accountLimit,
    store: store.name,
    store_bytes: store.bytes,
    configuration: configuration.hash,
    settings: configuration.settings,
    rules: configuration.rules,
    budgets: configuration.budgets,
    schema: configuration.schema,
    version: configuration.version,
  };
}
