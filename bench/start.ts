import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../package.json');

/** Node's flags and the environment with which `npm start` runs the backend, so that what is measured is what is used. */
export function asStarted(): { flags: string[]; environment: Record<string, string> } {
  const { scripts } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { scripts: { start: string } };
  const words = scripts.start.split(' ');
  const node = words.indexOf('node');
  const settings = words.slice(0, node).map((word): [string, string] => {
    const [name = '', value = ''] = word.split('=');
    return [name, value];
  });
  return {
    flags: words.slice(node + 1).filter((word) => word.startsWith('--')),
    environment: Object.fromEntries(settings),
  };
}
