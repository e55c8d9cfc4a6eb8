import { readConfig } from './config.ts';
import { messageOf } from './errors.ts';
import { runBackend } from './run.ts';

try {
  await runBackend(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
