import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Query } from '../../backend/contract.ts';
import { catalogue } from '../../backend/query/catalogue.ts';

const DASHBOARDS = join(import.meta.dirname, '../../dashboards');
const DAY = 86_400_000;

/** A question without its range, and how many days it is asked about. */
export interface Asked {
  /** Where it comes from, as `dashboard: panel`, or the query type. */
  name: string;
  query: Partial<Query>;
  days: number;
}

interface Panel {
  title?: string;
  targets?: (Partial<Query> & { datasource?: unknown; refId: string })[];
}

interface Dashboard {
  title: string;
  time: { from: string };
  panels: Panel[];
}

/** Every query of every dashboard, with its variables at All; panels that show another panel's answer, or what one budget counts, are left out. */
export function panelQuestions(): Asked[] {
  return readdirSync(DASHBOARDS)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const { title, time, panels } = JSON.parse(readFileSync(join(DASHBOARDS, file), 'utf8')) as Dashboard;
      const days = Number(/^now-(\d+)d$/.exec(time.from)?.[1] ?? 28);
      return panels.flatMap((panel) =>
        (panel.targets ?? [])
          .filter(({ queryType, metric }) => queryType && (queryType !== 'metric' || metric))
          .map(({ datasource: _, ...target }) => ({
            name: `${title}: ${panel.title || 'banner'}${(panel.targets ?? []).length > 1 ? ` ${target.refId}` : ''}`,
            query: atAll(target),
            days,
          })),
      );
    });
}

/** One question of each query type, and one of each metric by the day, over 28 days. */
export function typeQuestions(): Asked[] {
  const { queryTypes, metrics } = catalogue();
  const types = queryTypes
    .filter(({ name }) => name !== 'metric')
    .map(({ name, example }) => ({ name, query: { ...example, queryType: name }, days: 28 }));
  const figures = metrics.map(({ name, dimensions }) => ({
    name: `metric ${name}`,
    query: {
      queryType: 'metric',
      metric: name,
      by: [dimensions.includes('service') ? 'service' : 'team'],
      bucket: 'day',
      limit: 20,
    },
    days: 28,
  }));
  return [...types, ...figures];
}

/** Variables stand for nothing chosen: filters on them go, a name of one means all, and a bucket of one a day. */
function atAll({ filters = [], name, bucket, ...query }: Partial<Query>): Partial<Query> {
  const kept = filters.filter(({ values }) => !values.some((value) => value.includes('$')));
  return {
    ...query,
    ...(kept.length > 0 && { filters: kept }),
    ...(name && !name.includes('$') && { name }),
    ...(bucket && { bucket: bucket.includes('$') ? 'day' : bucket }),
  };
}

/** A question as a panel sends it, about the days before `to`. */
export function sent({ query, days }: Asked, to: number, refId = 'A'): Query {
  const from = to - days * DAY;
  return {
    queryType: 'metric',
    ...query,
    refId,
    range: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    intervalMs: Math.ceil((days * DAY) / 800),
    maxDataPoints: 800,
    timeZone: 'Europe/Berlin',
  };
}
