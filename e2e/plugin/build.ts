import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const webpack = join(root, 'node_modules/webpack-cli/bin/cli.js');

/** Builds the plugin's browser half as it is shipped, and the page that loads it. */
export async function buildPlugin(): Promise<void> {
  const configs = ['webpack.config.cjs', 'e2e/plugin/harness/webpack.config.cjs'];
  await Promise.all(configs.map((config) => run(process.execPath, webpack, '--config', config)));
}

/** Builds the relay as it is shipped, and the bridge that speaks to it; gives their paths. */
export async function buildRelay(): Promise<{ relay: string; bridge: string }> {
  const relay = await run('sh', 'scripts/build-relay.sh');
  const bridge = join(root, 'node_modules/.cache/plugin-harness/bridge');
  await run('go', 'build', '-buildvcs=false', '-o', bridge, './pkg/bridge');
  return { relay: join(root, relay.trim()), bridge };
}

/** What the command prints; rejects with all its words when it fails. */
async function run(command: string, ...args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, args, { cwd: root })).stdout;
  } catch (error) {
    const {
      stdout = '',
      stderr = '',
      message,
    } = error as { stdout?: string; stderr?: string; message: string };
    throw new Error(`${message}\n${stdout}${stderr}`);
  }
}
