import { readFileSync } from 'node:fs';

/** The version of this Pagebudget, from package.json. */
export const VERSION: string = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).version;
