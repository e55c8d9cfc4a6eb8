import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { modelOfSize, readModel, SIZES } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulator-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'own.yaml');
  writeFileSync(file, text);
  return file;
}

describe('a file that describes an account', () => {
  it.each(SIZES)('comes with the simulator for size %s', (size) => {
    expect(modelOfSize(size).days).toBeGreaterThanOrEqual(0);
  });

  it('says only what differs from the file that it is based on', () => {
    const own = readModel(fileWith('based_on: medium\nincidents:\n  storms: { per_day: 9 }\n'));
    const medium = modelOfSize('medium');
    expect(own.incidents.storms).toEqual({ ...medium.incidents.storms, per_day: 9 });
    expect({ ...own, incidents: null }).toEqual({ ...medium, incidents: null });
  });

  it('may be empty, which is the small account', () => {
    expect(readModel(fileWith(''))).toEqual(modelOfSize('small'));
  });

  it.each([
    ['dais: 30', 'Unrecognized key: "dais"'],
    ['resolved: { reopened: 3 }', 'resolved.reopened: Too big'],
    ['zone: Mars/Olympus', 'zone: must be the name of a time zone such as Europe/Berlin'],
    [
      'incidents: { flapping: { incidents: [8, 3] } }',
      'incidents.flapping.incidents: must begin with the lesser',
    ],
    ['people: { habits: { lazy: 1 } }', 'people.habits'],
    [
      'teams: [{ name: A, zones: [], handoff: { days: 7, hour: 9 }, services: {} }]',
      'teams.0.zones: Too small',
    ],
    ['based_on: huge', 'based_on must name one of empty, small, medium, large, not "huge"'],
    ['days: [', 'is not YAML'],
    ['- days', 'must hold settings, each as "name: value"'],
  ])('with %s is refused, and told where and why', (text, message) => {
    expect(() => readModel(fileWith(text))).toThrow(message);
  });

  it('that is not there is named', () => {
    expect(() => readModel(join(folder, 'none.yaml'))).toThrow(/none\.yaml cannot be read: ENOENT/);
  });
});
