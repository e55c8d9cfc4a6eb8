import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const webpack = join(root, 'node_modules/webpack-cli/bin/cli.js');
const run = promisify(execFile);

/** Builds the plugin as it is shipped and the page that loads it; rejects with webpack's words when one cannot be built. */
export async function build(): Promise<void> {
  for (const config of ['webpack.config.cjs', 'e2e/plugin/harness/webpack.config.cjs']) {
    await run(process.execPath, [webpack, '--config', config], { cwd: root }).catch(({ stdout, stderr }) => {
      throw new Error(`${config}: ${stdout}${stderr}`);
    });
  }
}
