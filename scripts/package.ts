import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { runNpm } from '../backend/cli/npm.ts';
import { entriesOf } from './archive.ts';

/** The machines that a Grafana may run on. */
const TARGETS = ['linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows/amd64'];

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const FOLDER = join(ROOT, 'package');

/** Makes the plugin's archive, as Grafana's catalogue and `grafana cli` take it, with a relay for each kind of machine; with `--keep` from dist/ as it is, which may hold a signature. */
async function makePackage(keep: boolean): Promise<void> {
  if (!keep) {
    rmSync(DIST, { recursive: true, force: true });
    await runNpm(['run', 'build:browser']);
    await runNpm(['run', 'build:relay', '--', ...TARGETS]);
  }
  const { id, info } = JSON.parse(readFileSync(join(DIST, 'plugin.json'), 'utf8'));
  const file = join(FOLDER, `${id}-${info.version}.zip`);
  mkdirSync(FOLDER, { recursive: true });
  const zip = new ZipFile();
  for (const { path, name, mode } of entriesOf(DIST, id)) zip.addFile(join(DIST, path), name, { mode });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  const bytes = readFileSync(file);
  const sha1 = createHash('sha1').update(bytes).digest('hex');
  console.log(`${file.slice(ROOT.length + 1)}  ${(bytes.length / 1e6).toFixed(1)} MB  sha1 ${sha1}`);
  if (!existsSync(join(DIST, 'MANIFEST.txt'))) console.log('It is not signed: docs/packaging.md says how.');
}

await makePackage(process.argv.includes('--keep'));
