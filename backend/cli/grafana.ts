import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SECOND, systemClock } from '../clock.ts';
import { AppError } from '../errors.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PLUGIN = 'pagebudget-pagerduty-datasource';
const PATIENCE = 90 * SECOND;

/** Where a Grafana is found and what it is started with. */
export interface GrafanaOptions {
  /** A Grafana unpacked on this machine: the folder that holds bin/ and conf/. */
  home: string;
  port: number;
  backendUrl: string;
  /** The backend's token, or `$__file{/path}` of a file that holds it; empty for none. */
  token: string;
  /** A folder of its own for Grafana's data and log. */
  folder: string;
}

/** A Grafana that runs beside this process. */
export interface RunningGrafana {
  url: string;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Grafana on loopback with the built plugin, data source and dashboards; whoever opens it is its admin. Throws AppError `config`. */
export async function startGrafana(options: GrafanaOptions): Promise<RunningGrafana> {
  const binary = join(options.home, 'bin/grafana');
  if (!existsSync(binary)) {
    throw new AppError(
      'config',
      `There is no bin/grafana in GRAFANA_HOME=${options.home}: name the folder of an unpacked Grafana 12.3 or newer.`,
    );
  }
  const folder = resolve(options.folder);
  linkPlugin(join(folder, 'plugins'));
  const child = spawn(binary, ['server', '--homepath', options.home], {
    env: environmentOf(options, folder),
    stdio: 'ignore',
  });
  process.once('exit', () => child.kill());
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const url = `http://127.0.0.1:${options.port}`;
  await healthy(url, child, folder);
  return {
    url,
    ended,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

function linkPlugin(plugins: string): void {
  mkdirSync(plugins, { recursive: true });
  const link = join(plugins, PLUGIN);
  rmSync(link, { force: true, recursive: true });
  symlinkSync(join(ROOT, 'dist'), link);
}

function environmentOf(options: GrafanaOptions, folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PAGEBUDGET_URL: options.backendUrl,
    PAGEBUDGET_TOKEN: options.token,
    PAGEBUDGET_DASHBOARDS: join(ROOT, 'dashboards'),
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: join(ROOT, 'dashboards/home.json'),
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: String(options.port),
    GF_PATHS_DATA: folder,
    GF_PATHS_LOGS: join(folder, 'log'),
    GF_PATHS_PLUGINS: join(folder, 'plugins'),
    GF_PATHS_PROVISIONING: join(ROOT, 'provisioning'),
    GF_LOG_MODE: 'file',
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: PLUGIN,
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Admin',
    ...QUIET,
  };
}

/** Keeps Grafana from asking the internet; docker-compose.yml says the same. */
export const QUIET = {
  GF_ANALYTICS_REPORTING_ENABLED: 'false',
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  GF_NEWS_NEWS_FEED_ENABLED: 'false',
  GF_PLUGINS_PREINSTALL_DISABLED: 'true',
  GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
  GF_SECURITY_DISABLE_GRAVATAR: 'true',
  GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
};

async function healthy(url: string, child: ChildProcess, folder: string): Promise<void> {
  const until = systemClock.now() + PATIENCE;
  const advice = `${join(folder, 'log/grafana.log')} says why.`;
  while (systemClock.now() < until) {
    if (child.exitCode !== null)
      throw new AppError('config', `Grafana ended with code ${child.exitCode}; ${advice}`);
    const health = await versionAt(url);
    if (health) return refuseOld(health);
    await systemClock.sleep(SECOND / 2);
  }
  throw new AppError('config', `Grafana did not answer within ${PATIENCE / SECOND} s; ${advice}`);
}

async function versionAt(url: string): Promise<string | null> {
  const response = await fetch(`${url}/api/health`).catch(() => null);
  if (!response?.ok) return null;
  const { version } = (await response.json()) as { version?: string };
  return version ?? null;
}

function refuseOld(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 12 || (major === 12 && minor >= 3)) return;
  throw new AppError('config', `Grafana ${version} is too old for the plugin: take 12.3 or newer.`);
}
