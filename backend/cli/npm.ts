import { spawn } from 'node:child_process';
import { AppError } from '../errors.ts';

/** Runs npm with these arguments, its output going to standard error. Throws AppError `config` where it fails. */
export function runNpm(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new AppError('config', `npm ${args.join(' ')} failed; what it printed says why.`));
    });
  });
}
