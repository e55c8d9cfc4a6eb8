import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../clock.ts';
import { createLog } from '../log.ts';
import { isSteady, periodText } from './alert-budget.ts';
import { readPlans } from './files.ts';
import { watchPlans } from './watch.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plans-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, content: string): void {
  writeFileSync(join(folder, file), content);
}

const budget = (name: string, spec: string) =>
  `apiVersion: pagebudget/v1\nkind: AlertBudget\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

const failure = (services: string) =>
  `{ratioMetric: {rawType: failure, raw: {metricSource: {type: PagerDuty, spec: {services: ${services}}}}}}`;

const slo = (name: string, spec: string) =>
  `apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

const faultOfSpec = (spec: string) => {
  write('a.yaml', budget('a', spec));
  return readPlans(folder).faults.map(({ message }) => message);
};

describe('an alert budget file', () => {
  it('counts paged incidents over 28 rolling days where it says no more', () => {
    write('a.yaml', budget('all', '{allowed: 56}'));
    expect(readPlans(folder)).toEqual({
      budgets: [
        {
          name: 'all',
          allowed: 56,
          unit: 'paged_incidents',
          period: { kind: 'rolling', length: 28 * DAY },
          select: {},
          consequence: null,
        },
      ],
      slos: [],
      faults: [],
    });
  });

  it('may hold several documents, every kind of period, and single values or lists', () => {
    write(
      'a.yml',
      [
        budget('rolling', '{allowed: 10, unit: pages, period: {rolling: 2w}, select: {team: Payments}}'),
        budget(
          'month',
          '{allowed: 5, period: {calendar: month, timeZone: Asia/Kathmandu}, consequence: Talk.}',
        ),
        budget('shift', '{period: {shift: 12h}, select: {schedule: [A, B], urgency: high}}'),
      ].join('---\n'),
    );
    const { budgets, faults } = readPlans(folder);
    expect(faults).toEqual([]);
    expect(budgets).toMatchObject([
      { unit: 'pages', period: { kind: 'rolling', length: 14 * DAY }, select: { team: ['Payments'] } },
      { period: { kind: 'calendar', calendar: 'month', timeZone: 'Asia/Kathmandu' }, consequence: 'Talk.' },
      {
        allowed: 2,
        period: { kind: 'shift', length: 12 * HOUR },
        select: { schedule: ['A', 'B'], urgency: ['high'] },
      },
    ]);
    expect(budgets.map(({ period }) => periodText(period))).toEqual(['14d rolling', 'month', '12h shift']);
    expect(budgets.map(isSteady)).toEqual([true, true, false]);
  });

  it.each([
    ['{}', 'spec.allowed is missing: it must be a whole number of 0 or more, such as 56'],
    ['{allowed: -1}', 'spec.allowed is -1: it must be a whole number of 0 or more, such as 56'],
    ['{allowed: 1.5}', 'spec.allowed is 1.5: it must be a whole number of 0 or more, such as 56'],
    ['{allowed: 1, alowed: 2}', 'spec has the unknown field alowed: did you mean allowed, '],
    ['{allowed: 1, unit: page}', 'spec.unit is "page": it must be one of paged_incidents, pages, '],
    [
      '{allowed: 1, period: {rolling: 28}}',
      'spec.period.rolling is 28: it must be a length of time such as 28d',
    ],
    [
      '{allowed: 1, period: {rolling: 0d}}',
      'spec.period.rolling is "0d": it must be a length of time such as 28d',
    ],
    [
      '{allowed: 1, period: {calendar: year}}',
      'spec.period.calendar is "year": it must be one of week, month, quarter',
    ],
    [
      '{allowed: 1, period: {calendar: week, shift: 12h}}',
      'it must hold exactly one of rolling, calendar and shift',
    ],
    ['{allowed: 1, period: {rolling: 28d, timeZone: UTC}}', 'it must not hold timeZone without calendar'],
    [
      '{allowed: 1, period: {calendar: week, timeZone: Berlin}}',
      'spec.period.timeZone is "Berlin": it must be an IANA',
    ],
    [
      '{allowed: 1, select: {team: []}}',
      'spec.select.team is []: it must be the name or id of a team, or a list of them',
    ],
    ['{allowed: 1, select: {urgency: urgent}}', 'it must be one of high, low'],
    ['{allowed: 1, select: {teams: [A]}}', 'spec.select has the unknown field teams: did you mean team, '],
    [
      '{unit: incidents, period: {shift: 12h}}',
      'spec.unit is "incidents": it must be a unit that reaches a person',
    ],
  ])('with spec %s is refused: %s', (spec, message) => {
    const faults = faultOfSpec(spec);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`document 1: `);
    expect(faults[0]).toContain(message);
  });

  it('that is malformed does not take the others along', () => {
    write('bad.yaml', 'spec: [1');
    write(
      'half.yaml',
      `${budget('a', '{allowed: x}')}---\n${budget('b', '{allowed: 1}')}---\nkind: AlertBugdet\n---\njust text`,
    );
    write('notes.txt', 'not read');
    const { budgets, faults } = readPlans(folder);
    expect(budgets.map(({ name }) => name)).toEqual(['b']);
    expect(faults.map(({ file }) => file)).toEqual(['bad.yaml', 'half.yaml', 'half.yaml', 'half.yaml']);
    expect(faults[0]?.message).toMatch(/^document 1: is not YAML: .+ at line 1/);
    expect(faults[2]?.message).toBe(
      'document 3: kind AlertBugdet is not read: did you mean AlertBudget, SLO, SLI?',
    );
    expect(faults[3]?.message).toBe('document 4: kind is missing: it must be one of AlertBudget, SLO, SLI');
  });

  it('may not take the name of another budget, and the first one counts', () => {
    write('a.yaml', budget('same', '{allowed: 1}'));
    write('b.yaml', budget('same', '{allowed: 2}'));
    const { budgets, faults } = readPlans(folder);
    expect(budgets.map(({ allowed }) => allowed)).toEqual([1]);
    expect(faults).toEqual([
      {
        file: 'b.yaml',
        message:
          'document 1: metadata.name same is taken by the AlertBudget of a.yaml, document 1: choose another',
      },
    ]);
  });

  it('is looked for in a folder that must exist', () => {
    const { faults } = readPlans(join(folder, 'none'));
    expect(faults[0]?.message).toContain(
      'create this folder, or name another with budgets in pagebudget.yaml',
    );
  });
});

describe('an OpenSLO file', () => {
  it('gives a time SLO with its defaults', () => {
    write(
      'a.yaml',
      slo(
        'up',
        `{service: shop, indicator: {spec: ${failure('[Checkout, Cart]')}}, objectives: [{target: 0.99}]}`,
      ),
    );
    expect(readPlans(folder)).toEqual({
      budgets: [],
      slos: [
        {
          name: 'up',
          title: 'up',
          description: null,
          service: 'shop',
          services: ['Checkout', 'Cart'],
          target: 0.99,
          window: 28 * DAY,
        },
      ],
      faults: [],
    });
  });

  it('may refer to an SLI of the folder, name a percentage and a rolling window', () => {
    write(
      'a.yaml',
      slo(
        'up',
        '{service: s, indicatorRef: calm, objectives: [{targetPercent: 99.5}], timeWindow: [{duration: 7d, isRolling: true}]}',
      ),
    );
    write(
      'z.yaml',
      `apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: calm}\nspec: ${failure('Checkout')}\n`,
    );
    expect(readPlans(folder)).toMatchObject({
      slos: [{ services: ['Checkout'], target: 0.995, window: 7 * DAY }],
      faults: [],
    });
  });

  const indicator = `indicator: {spec: ${failure('[A]')}}`;

  it.each([
    [
      `{service: s, ${indicator}, objectives: [{target: 99}]}`,
      'spec.objectives.0.target is 99: it must be a share over 0 and under 1',
    ],
    [
      `{service: s, ${indicator}, objectives: [{}]}`,
      'must hold either target, such as 0.999, or targetPercent',
    ],
    [
      `{service: s, ${indicator}, objectives: [{target: 0.9}, {target: 0.99}]}`,
      'must be a list of exactly one objective',
    ],
    [
      `{service: s, indicatorRef: nosuch, objectives: [{target: 0.9}]}`,
      'spec.indicatorRef nosuch is no valid SLI',
    ],
    [
      `{service: s, objectives: [{target: 0.9}]}`,
      'spec.indicator is missing: it must be given here or by indicatorRef',
    ],
    [
      `{service: s, indicator: {spec: {ratioMetric: {good: {}, total: {}}}}, objectives: [{target: 0.9}]}`,
      'other indicators are not read',
    ],
    [
      `{service: s, ${indicator.replace('failure', 'success')}, objectives: [{target: 0.9}]}`,
      'spec.indicator.spec.ratioMetric.rawType is "success": it must be failure',
    ],
    [
      `{service: s, ${indicator.replace('PagerDuty', 'Prometheus')}, objectives: [{target: 0.9}]}`,
      'metricSource.type is "Prometheus": it must be PagerDuty',
    ],
    [
      `{service: s, ${indicator}, objectives: [{target: 0.9}], timeWindow: [{duration: 28d, isRolling: false}]}`,
      'windows aligned with the calendar are not read',
    ],
    [`{service: s, ${indicator}, objectives: [{target: 0.9}], objective: 1}`, 'did you mean objectives'],
  ])('with spec %s is refused: %s', (spec, message) => {
    write('a.yaml', slo('up', spec));
    const { slos, faults } = readPlans(folder);
    expect(slos).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain(message);
  });
});

it('the files that come with the project have no fault', () => {
  const { budgets, slos, faults } = readPlans(join(import.meta.dirname, '../../provisioning/budgets'));
  expect(faults).toEqual([]);
  expect([budgets.length, slos.length]).toEqual([5, 2]);
});

describe('a watched folder', () => {
  it('is read again when a file is added, changed or removed, and only then', () => {
    const plans = watchPlans(folder, createLog('silent'));
    expect(plans().budgets).toEqual([]);
    write('a.yaml', budget('a', '{allowed: 1}'));
    const first = plans();
    expect(first.budgets.map(({ allowed }) => allowed)).toEqual([1]);
    expect(plans()).toBe(first);
    write('a.yaml', budget('a', '{allowed: 2}'));
    utimesSync(join(folder, 'a.yaml'), 1, 1);
    expect(plans().budgets.map(({ allowed }) => allowed)).toEqual([2]);
    rmSync(join(folder, 'a.yaml'));
    expect(plans().budgets).toEqual([]);
  });

  it('may appear later', () => {
    const plans = watchPlans(join(folder, 'later'), createLog('silent'));
    expect(plans().faults).toHaveLength(1);
    mkdirSync(join(folder, 'later'));
    writeFileSync(join(folder, 'later', 'a.yaml'), budget('a', '{allowed: 1}'));
    expect(plans()).toMatchObject({ budgets: [{ name: 'a' }], faults: [] });
  });
});
