import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Panel {
  title: string;
  type: string;
  description?: string;
  fieldConfig: {
    defaults: { unit?: string; noValue?: string };
    overrides: {
      matcher: { id: string; options: unknown };
      properties: { id?: string; value?: unknown }[];
    }[];
  };
}

interface Dashboard {
  uid: string;
  title: string;
  time: { from: string; to: string };
  panels: Panel[];
  links: { title: string; url: string }[];
  templating: { list: { name: string; query?: unknown }[] };
}

const folder = join(import.meta.dirname, '../dashboards');
const dashboards = readdirSync(folder).map(
  (file): Dashboard => JSON.parse(readFileSync(join(folder, file), 'utf8')),
);
const panels = dashboards.flatMap(({ title, panels: own }) =>
  own.map((panel) => ({ ...panel, where: `${title}: ${panel.title || panel.type}` })),
);

describe('every panel of every dashboard', () => {
  it('has a unit and a description', () => {
    expect(dashboards).toHaveLength(7);
    expect(panels.length).toBeGreaterThan(60);
    for (const { description, fieldConfig, where } of panels) {
      expect(description, where).toMatch(/\w{3,}.*\./);
      expect(fieldConfig.defaults.unit, where).toBeTruthy();
    }
  });

  it('says in a sentence why it is empty', () => {
    const words = panels.map(({ fieldConfig, where }) => ({
      said: fieldConfig.defaults.noValue ?? '',
      where,
    }));
    for (const { said, where } of words) {
      expect(said, where).toMatch(/^[A-Z].{2,}( \S+){2,}$/);
      expect(said, where).not.toMatch(/^(unknown|no data|n\/a)$/i);
    }
    const stats = panels.filter(({ type, title }) => type === 'stat' && title !== '');
    expect(stats.length).toBeGreaterThan(20);
    for (const { fieldConfig, where } of stats) {
      expect(fieldConfig.defaults.noValue?.length, `${where} has no room for more`).toBeLessThan(35);
    }
  });

  it('has overrides of which each names the property that it sets', () => {
    const properties = panels.flatMap(({ fieldConfig, where }) =>
      fieldConfig.overrides.flatMap((override) =>
        override.properties.map((property) => ({
          ...property,
          where: `${where}, ${override.matcher.options}`,
        })),
      ),
    );
    expect(properties.length).toBeGreaterThan(400);
    for (const { id, value, where } of properties) {
      expect(id, where).toMatch(/^[a-z]\w*(\.\w+)?$/i);
      expect(value, where).toBeDefined();
    }
  });
});

describe('every link to another dashboard', () => {
  const byUid = new Map(dashboards.map((dashboard) => [dashboard.uid, dashboard]));
  const links = dashboards.flatMap((source) =>
    urlsOf(source).map((url) => ({ source, url, target: byUid.get(url.split(/[/?]/)[2] ?? '') })),
  );
  const fixed = links.filter(({ url }) => !url.startsWith('/d/${'));

  it('leads to one of ours', () => {
    expect(fixed.length).toBeGreaterThan(40);
    expect(fixed.filter(({ target }) => !target).map(({ url }) => url)).toEqual([]);
  });

  it('sets variables that the target has, from those that stand where it is', () => {
    for (const { source, target, url } of fixed) {
      const set = [...url.matchAll(/var-(\w+)=/g)].map(([, name]) => name);
      const handed = [...url.matchAll(/\$\{(\w+):queryparam\}/g)].map(([, name]) => name);
      expect(namesOf(target), url).toEqual(expect.arrayContaining([...set, ...handed]));
      expect(namesOf(source), url).toEqual(expect.arrayContaining(handed));
    }
  });

  it('carries the range where both look back over one', () => {
    const looksBack = ({ uid }: Dashboard) => /-(home|slo-burn|alert-noise|night-pages)$/.test(uid);
    for (const { source, target, url } of fixed) {
      const carries = url.includes('${__url_time_range}') || /from=.*&to=|\.selection\}$/.test(url);
      expect(carries, `${source.title}: ${url}`).toBe(
        Boolean(target && looksBack(source) && looksBack(target)),
      );
    }
  });
});

const namesOf = (dashboard: Dashboard | undefined) => dashboard?.templating.list.map(({ name }) => name);

/** Addresses of dashboards in the toolbar and in cells. */
function urlsOf({ links, panels: own }: Dashboard): string[] {
  const cells = own
    .flatMap(({ fieldConfig }) => fieldConfig.overrides)
    .flatMap(({ properties }) => properties)
    .filter(({ id }) => id === 'links')
    .flatMap(({ value }) => value as { url: string }[]);
  return [...links, ...cells].map(({ url }) => url).filter((url) => url.startsWith('/d/'));
}

it('variables with many values ask again with what the viewer types', () => {
  const many = dashboards
    .flatMap(({ templating }) => templating.list)
    .filter(({ name }) => ['alert', 'service', 'user'].includes(name));
  expect(many.length).toBeGreaterThan(5);
  for (const { name, query } of many) expect(query, name).toMatchObject({ search: '$__searchFilter' });
});
