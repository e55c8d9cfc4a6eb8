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
  panels: Panel[];
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
