import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { QUIET } from '../backend/cli/grafana.ts';
import { readConfig } from '../backend/config.ts';
import { interpolate, readStages, type Stage } from './dockerfile.ts';

interface Service {
  build: { context: string; target: string };
  environment: Record<string, string>;
  volumes: string[];
  ports?: string[];
  group_add?: string[];
  depends_on?: Record<string, unknown>;
  healthcheck?: { test: string[] };
}

interface Compose {
  services: Record<'backend' | 'grafana', Service>;
  volumes: Record<string, null>;
}

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const composeWith = (env: Record<string, string>): Compose =>
  parse(read('docker-compose.yml'), (_key, value: unknown) =>
    typeof value === 'string' ? interpolate(value, env) : value,
  );

const { services, volumes } = composeWith({});
const { backend, grafana } = services;
const stages = readStages(read('Dockerfile'));
const stage = (name: string): Stage => {
  const found = stages.find((each) => each.name === name);
  if (!found) throw new Error(`The Dockerfile has no stage "${name}".`);
  return found;
};
const manifest: { id: string; executable: string } = JSON.parse(read('plugin.json'));

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-compose-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The configuration with what compose sets, and the names of every variable that was asked for; the token's folder is one of this machine. */
function configured(environment: Record<string, string>) {
  const asked = new Set<string>();
  const env = new Proxy(environment, {
    get: (target, name: string) => {
      asked.add(name);
      return name === 'PAGEBUDGET_TOKEN_FILE' ? join(folder, 'token') : target[name];
    },
  });
  return { config: readConfig(env), asked };
}

/** What the configuration reads, with a key as well as with a client of OAuth. */
const everRead = new Set(
  [{}, { PAGERDUTY_CLIENT_ID: 'x', PAGERDUTY_CLIENT_SECRET: 'x', PAGERDUTY_SUBDOMAIN: 'x' }].flatMap(
    (credential) => [...configured({ ...backend.environment, ...credential }).asked],
  ),
);

const LOWER_CASE = 'the name in capitals is handed on';

/** What the configuration reads and compose does not hand on. */
const LEFT_OUT = {
  PAGEBUDGET_TOKEN: 'the backend makes its token in a file that Grafana reads too',
  https_proxy: LOWER_CASE,
  http_proxy: LOWER_CASE,
  no_proxy: LOWER_CASE,
} as const satisfies Record<string, string>;

const mounts = (service: Service) =>
  service.volumes.map((line) => {
    const [source = '', target = '', mode] = line.split(':');
    return { source, target, mode };
  });
const mounted = (service: Service, path: string) =>
  mounts(service).find(({ target }) => path === target || path.startsWith(`${target}/`));

describe('docker-compose.yml', () => {
  it('mounts only what the tree or its volumes have, the tree read-only', () => {
    for (const service of Object.values(services)) {
      for (const { source, mode } of mounts(service)) {
        if (source.startsWith('./')) {
          expect(existsSync(join(ROOT, source)), source).toBe(true);
          expect(mode, source).toBe('ro');
        } else expect(Object.keys(volumes)).toContain(source);
      }
    }
  });

  it('builds stages that the Dockerfile has', () => {
    for (const { build } of Object.values(services)) {
      expect(existsSync(join(ROOT, build.context, 'Dockerfile'))).toBe(true);
      expect(stage(build.target).name).toBe(build.target);
    }
  });

  it('gives the backend variables that it reads, with values that it accepts', () => {
    const { config } = configured(backend.environment);
    expect(Object.keys(backend.environment).filter((name) => !everRead.has(name))).toEqual([]);
    expect(config).toMatchObject({
      host: '0.0.0.0',
      reportWebhook: null,
      pagerduty: {
        credential: null,
        url: 'https://api.pagerduty.com',
        identityUrl: 'https://identity.pagerduty.com',
        proxy: { https: null, http: null },
        ca: null,
      },
    });
    expect(JSON.stringify(backend.healthcheck)).toContain(`127.0.0.1:${config.port}/health`);
  });

  it('hands on every variable that the backend reads, but for those left out for a reason', () => {
    const missing = [...everRead].filter((name) => !(name in backend.environment)).sort();
    expect(missing).toEqual(Object.keys(LEFT_OUT).sort());
    expect(everRead.size).toBeGreaterThan(20);
    const own = { PAGEBUDGET_REPORT_WEBHOOK: 'https://hooks.example.com/x', HTTP_PROXY: 'http://proxy:3128' };
    const { config } = configured(composeWith(own).services.backend.environment);
    expect(config.reportWebhook).toBe(own.PAGEBUDGET_REPORT_WEBHOOK);
    expect(config.pagerduty.proxy.http).toBe(own.HTTP_PROXY);
  });

  it('keeps store and backups on a volume and the budgets where the backend looks for them', () => {
    const { config } = configured(backend.environment);
    expect(mounted(backend, config.store.replace('duckdb:', ''))?.source).toBe('store');
    expect(mounted(backend, config.backups)?.source).toBe('store');
    expect(mounted(backend, join('/app', config.budgets))?.source).toBe('./provisioning');
  });

  it('hands a PagerDuty token and address to the backend and to nothing else', () => {
    const own = composeWith({
      PAGERDUTY_TOKEN: 'real-key',
      PAGERDUTY_API_URL: 'https://api.eu.pagerduty.com',
    });
    expect(configured(own.services.backend.environment).config.pagerduty).toMatchObject({
      credential: { kind: 'key', key: 'real-key' },
      url: 'https://api.eu.pagerduty.com',
    });
    expect(JSON.stringify(own.services.grafana)).not.toContain('real-key');
  });

  it('leaves the choice between own and simulated account to the command serve, on a key alone', () => {
    const command = stage('backend').instructions.find(({ keyword }) => keyword === 'CMD');
    expect(JSON.parse(command?.rest ?? '')).toEqual(['node', 'backend/cli.ts', 'serve']);
    const { PAGERDUTY_TOKEN: key, ...rest } = backend.environment;
    expect(key).toBe('');
    expect(composeWith({ PAGERDUTY_TOKEN: 'real-key' }).services.backend.environment).toEqual({
      ...rest,
      PAGERDUTY_TOKEN: 'real-key',
    });
  });

  it('lets Grafana find the backend, which nobody else can reach', () => {
    const { config } = configured(backend.environment);
    expect(grafana.environment.PAGEBUDGET_URL).toBe(`http://backend:${config.port}`);
    expect(backend.ports).toBeUndefined();
    expect(Object.keys(grafana.depends_on ?? {})).toEqual(['backend']);
  });

  it('has the backend make the token at its first start, where Grafana may read it and nobody else', () => {
    const path = backend.environment.PAGEBUDGET_TOKEN_FILE ?? '';
    expect(backend.environment.PAGEBUDGET_TOKEN).toBeUndefined();
    expect(grafana.environment.PAGEBUDGET_TOKEN).toBe(`$__file{${path}}`);
    expect(read('provisioning/datasources/pagebudget.yaml')).toContain('token: ${PAGEBUDGET_TOKEN}');
    const [own, other] = [mounted(backend, path), mounted(grafana, path)];
    expect(own).toEqual({ source: 'token', target: dirname(path), mode: undefined });
    expect(other).toEqual({ ...own, mode: 'ro' });
    expect(grafana.group_add).toEqual(['1000']);
    const steps = stage('backend').instructions.map(({ rest }) => rest);
    const owned = steps.findIndex((rest) => rest.includes('chown node:node') && rest.includes(dirname(path)));
    expect(steps.indexOf('node')).toBeGreaterThan(owned);
    expect(owned).toBeGreaterThan(0);
  });

  it('asks Grafana how it is at the port it publishes', () => {
    const port = grafana.ports?.[0]?.split(':').at(-1);
    const [kind, command = ''] = grafana.healthcheck?.test ?? [];
    expect(kind).toBe('CMD-SHELL');
    for (const each of command.split(' || ')) {
      expect(each).toMatch(new RegExp(`^(wget|curl) .* http://127\\.0\\.0\\.1:${port}/api/health$`));
    }
  });

  it('keeps Grafana from asking the internet, as the demo does', () => {
    expect(grafana.environment).toMatchObject(QUIET);
  });

  it('publishes Grafana on loopback only', () => {
    expect(grafana.ports).toEqual(['127.0.0.1:3000:3000']);
  });

  it('sets every variable that the provisioning files name', () => {
    const files = ['datasources', 'dashboards'].flatMap((kind) =>
      readdirSync(join(ROOT, 'provisioning', kind)).map((file) => `provisioning/${kind}/${file}`),
    );
    for (const file of files) {
      for (const [, name = ''] of read(file).matchAll(/\$\{?([A-Z]\w+)/g)) {
        expect(grafana.environment[name], `${name} of ${file}`).toBeTruthy();
      }
    }
  });

  it('shows Grafana the provisioning files, the dashboards and the plugin', () => {
    const { environment } = grafana;
    const dashboards = mounted(grafana, environment.PAGEBUDGET_DASHBOARDS ?? '');
    expect(dashboards?.source).toBe('./dashboards');
    for (const kind of ['datasources', 'dashboards']) {
      const target = `${environment.GF_PATHS_PROVISIONING}/${kind}`;
      expect(mounted(grafana, target)?.source).toBe(`./provisioning/${kind}`);
    }
    const home = environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
    expect(existsSync(join(ROOT, home.replace(dashboards?.target ?? '-', 'dashboards')))).toBe(true);
    expect(environment.GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS).toBe(manifest.id);
    const copies = stage('grafana').instructions.map(({ rest }) => rest.split(' '));
    expect(copies.map(([from]) => from)).toEqual(['--from=browser', '--from=relay']);
    for (const copy of copies) expect(copy.at(-1)).toBe(`${environment.GF_PATHS_PLUGINS}/${manifest.id}`);
  });
});
