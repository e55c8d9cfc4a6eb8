import { AppError, messageOf } from '../../errors.ts';

/** What to do about failures that a person can mend, by SQLSTATE or the code of a network error. */
const ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'Check the user and the password in PAGEBUDGET_STORE (or PGPASSWORD).',
  '28000': 'Check the user in PAGEBUDGET_STORE, and that pg_hba.conf lets it in from here.',
  '3D000': 'Create the database, or name another in PAGEBUDGET_STORE.',
  '42501':
    'Grant the user of PAGEBUDGET_STORE what is missing: CREATE on the database for a new schema, or ownership of the schema, and TEMPORARY.',
  '53100': 'Make room on its disk; the harvest goes on by itself.',
  '53200': 'Its server is out of memory; the harvest goes on by itself.',
  '53300':
    'Raise max_connections, or have fewer connections here with ?readers=2 in PAGEBUDGET_STORE (there are 2 more).',
  '25006': 'It is read-only: name the primary server in PAGEBUDGET_STORE.',
  '57P03': 'It is only starting; the harvest goes on by itself.',
  '2BP01': 'Drop what depends on it, start again, and then make it anew.',
  ECONNREFUSED: 'Check that PostgreSQL runs there and listens on that address.',
  ENOENT: 'Check the folder of its socket.',
  ETIMEDOUT: 'Check the host in PAGEBUDGET_STORE, and that nothing between blocks its port.',
  ENOTFOUND: 'Check the host in PAGEBUDGET_STORE.',
  EAI_AGAIN: 'Check the host in PAGEBUDGET_STORE.',
};

/** An AppError `store` with the server's words and what to do; an AppError stays as it is. */
export function postgresError(error: unknown, name: string): AppError {
  if (error instanceof AppError) return error;
  const advice = ADVICE[codeOf(error)];
  const text = messageOf(error) || codeOf(error);
  return new AppError('store', `The store ${name} failed: ${text}.${advice ? ` ${advice}` : ''}`, {
    cause: error,
  });
}

function codeOf(error: unknown): string {
  if (/^timeout expired|connection timeout$/.test(messageOf(error))) return 'ETIMEDOUT';
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
