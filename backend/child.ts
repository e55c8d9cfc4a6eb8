import { spawn } from 'node:child_process';
import { AppError } from './errors.ts';

/** Runs a script of the backend in a process of its own and gives back what it printed. Throws AppError `store` with what it wrote to standard error. */
export function runChild(script: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(said.out);
      else reject(new AppError('store', said.err.trim() || `A process of the backend ended with ${code}.`));
    });
  });
}
