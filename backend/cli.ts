import { makeBackup } from './cli/backup.ts';
import { copyStores } from './cli/copy-store.ts';
import { demo } from './cli/demo.ts';
import { forgetPerson } from './cli/forget.ts';
import { printReport } from './cli/report.ts';
import { restoreBackup } from './cli/restore.ts';
import { serve } from './cli/serve.ts';
import { messageOf } from './errors.ts';
import { nearest } from './nearest.ts';

/** A command of the command line: resolves with the exit code. */
type Command = (args: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  backup: makeBackup,
  'copy-store': copyStores,
  demo,
  forget: forgetPerson,
  report: printReport,
  restore: restoreBackup,
  serve,
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command) {
  process.exitCode = await command(args).catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  });
} else {
  const near = nearest(name, Object.keys(COMMANDS)).join(', ') || Object.keys(COMMANDS).join(', ');
  process.stderr.write(`There is no command "${name}"; did you mean ${near}?\n`);
  process.exitCode = 1;
}
