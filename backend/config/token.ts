import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import type { Env } from './env.ts';

/** The token that clients of the backend send: PAGEBUDGET_TOKEN, else what the file PAGEBUDGET_TOKEN_FILE holds, which is made with a random token where there is none; null without either. Adds what is wrong to the faults. */
export function readToken(env: Env, faults: string[]): string | null {
  if (env.PAGEBUDGET_TOKEN) return env.PAGEBUDGET_TOKEN;
  const path = env.PAGEBUDGET_TOKEN_FILE;
  if (!path) return null;
  try {
    makeOnce(path);
    const token = readFileSync(path, 'utf8').trim();
    if (!token) faults.push(`PAGEBUDGET_TOKEN_FILE=${path} is empty: delete it, and a new token is made`);
    return token || null;
  } catch (error) {
    faults.push(`PAGEBUDGET_TOKEN_FILE=${path} can be neither read nor made: ${messageOf(error)}`);
    return null;
  }
}

/** The group may read it, as Grafana is another user than the backend. */
function makeOnce(path: string): void {
  try {
    writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o640 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
