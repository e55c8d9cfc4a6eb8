import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One file of the plugin's archive. */
export interface Entry {
  /** The file, as a path in dist/. */
  path: string;
  /** Its name in the archive, below a folder named after the plugin. */
  name: string;
  /** Its type and permissions, as zip files keep them. */
  mode: number;
}

/** What the archive of the plugin `id` holds: all files of dist/ in order, the relays executable. */
export function entriesOf(dist: string, id: string): Entry[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(dist, path)).isFile())
    .sort()
    .map((path) => ({
      path,
      name: `${id}/${path}`,
      mode: path.startsWith('gpx_') ? 0o100755 : 0o100644,
    }));
}
