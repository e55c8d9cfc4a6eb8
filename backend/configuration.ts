import { createHash } from 'node:crypto';
import type { Plans } from './budgets/files.ts';
import type { Config } from './config.ts';
import type { ConfigurationParts } from './contract.ts';
import { rulesVersion } from './model/facts/rules.ts';
import { SCHEMA_VERSION } from './store/schema.ts';
import type { Store } from './store/store.ts';
import { VIEWS_VERSION } from './store/views/index.ts';
import { VERSION } from './version.ts';

/** Settings by which answers cannot differ, and those that are secret. */
const LEFT_OUT = new Set<string>([
  'host',
  'port',
  'logLevel',
  'token',
  'pagerduty',
  'store',
  'budgets',
  'backups',
  'report',
  'reportWebhook',
  'slowQuery',
] satisfies (keyof Config)[]);

/** Names everything by which two answers about the same rows can differ; holds no secret. */
export function configurationOf(
  config: Config,
  plans: Plans,
  { engine }: Pick<Store, 'engine'>,
): ConfigurationParts {
  const settings = Object.entries(config).filter(([key]) => !LEFT_OUT.has(key));
  const parts = {
    version: VERSION,
    schema: SCHEMA_VERSION,
    rules: rulesVersion(config),
    settings: digest([...settings, ['api', config.pagerduty.url]]),
    budgets: digest([plans.budgets, plans.slos]),
    views: VIEWS_VERSION,
    engine,
    zones: process.versions.tz ?? null,
  };
  return { hash: digest(parts), ...parts };
}

/** A short digest of plain data, whatever the order of its keys. */
function digest(data: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(data)))
    .digest('hex')
    .slice(0, 12);
}

function sorted(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sorted);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, sorted(value)]),
  );
}
