import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { type Forgotten, forget } from '../operations/forget.ts';
import { backendUrl, postTo } from './backend.ts';
import { withStopped } from './backup.ts';

/** Erases a person by the running backend, or in the store that none has open: `forget USER [--url http://127.0.0.1:8686]`, USER an id, name or e-mail. */
export async function forgetPerson(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { url: { type: 'string', default: backendUrl() } },
  });
  const [user, ...others] = positionals;
  if (!user || others.length > 0) {
    throw new AppError('config', 'Name one person by id, name or e-mail: npm run forget -- "Ann Example"');
  }
  const { standIn, rows, mentions } =
    (await postTo<Forgotten>(values.url, '/forget', { user })) ??
    (await withStopped(readConfig(process.env).store, (store) => forget(store, user)));
  process.stdout.write(`${user} is forgotten: in ${rows} rows there is now ${standIn.name}.\n`);
  for (const [words, count] of Object.entries(mentions)) {
    process.stdout.write(`The name also stands in ${words} (${count}); change them in PagerDuty.\n`);
  }
  return 0;
}
