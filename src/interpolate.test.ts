import { expect, test } from 'vitest';
import { interpolated, type Replace } from './interpolate.ts';
import type { PagebudgetQuery } from './query.ts';

interface Variable {
  value: string | string[];
  all?: boolean;
  multi?: boolean;
}

/** Replaces `$name` as Grafana does: with the format's text where one is given. */
const replacing =
  (variables: Record<string, Variable>): Replace =>
  (text, format) =>
    text.replace(/\$(\w+)/g, (whole, name) => {
      const variable = variables[name];
      if (!variable) return whole;
      if (format === 'queryparam') {
        const values = variable.all ? ['$__all'] : [variable.value].flat();
        return values.map((value) => `var-${name}=${encodeURIComponent(value)}`).join('&');
      }
      return format ? format(variable.value, variable) : [variable.value].flat().join(',');
    });

const query = (rest: Partial<PagebudgetQuery>): PagebudgetQuery => ({
  refId: 'A',
  queryType: 'metric',
  ...rest,
});

function valuesOf(
  values: string[],
  op: '=' | '=~' | '!=',
  variables: Record<string, Variable>,
): string[] | undefined {
  const filters = [{ dimension: 'team', op, values }];
  return interpolated(query({ filters }), replacing(variables)).filters?.[0]?.values;
}

test('a variable with several values becomes several values of the filter', () => {
  expect(valuesOf(['$team', 'Search'], '=', { team: { value: ['Payments', 'Checkout'] } })).toEqual([
    'Payments',
    'Checkout',
    'Search',
  ]);
});

test('text around variables is repeated for every combination of their values', () => {
  const variables = { place: { value: ['eu', 'us'] }, stage: { value: ['prod', 'test'] } };
  expect(valuesOf(['$place-$stage'], '=', variables)).toEqual(['eu-prod', 'eu-test', 'us-prod', 'us-test']);
});

test('selected values are names in a regular expression, and a typed one is an expression', () => {
  expect(valuesOf(['$team'], '=~', { team: { value: 'A+ (core)', multi: true } })).toEqual([
    'A\\+ \\(core\\)',
  ]);
  expect(valuesOf(['$team'], '=~', { team: { value: 'Pay.*' } })).toEqual(['Pay.*']);
});

test('a text without variables stays as it is, an unknown variable included', () => {
  expect(valuesOf(['Cost $5', '$nobody'], '=', {})).toEqual(['Cost $5', '$nobody']);
});

test('filters that restrict nothing are left out', () => {
  const filters = [
    { dimension: '', op: '=' as const, values: ['Payments'] },
    { dimension: 'team', op: '=' as const, values: [] },
    { dimension: 'team', op: '=' as const, values: ['$none'] },
    { dimension: 'urgency', op: '=' as const, values: ['high'] },
  ];
  expect(interpolated(query({ filters }), replacing({ none: { value: [] } })).filters).toEqual([filters[3]]);
});

test('All restricts nothing, so that rows without a value are kept, and its negation keeps its values', () => {
  const variables = { team: { value: ['Payments', 'Checkout'], multi: true, all: true } };
  expect(valuesOf(['$team'], '=', variables)).toBeUndefined();
  expect(valuesOf(['Search', '$team'], '=~', variables)).toBeUndefined();
  expect(valuesOf(['$team'], '!=', variables)).toEqual(['Payments', 'Checkout']);
});

test('single properties and group-bys take variables too', () => {
  const variables = {
    figure: { value: 'pages' },
    split: { value: ['team', 'user'] },
    budget: { value: 'Checkout' },
  };
  const asked = query({ metric: '$figure', by: ['$split'], name: '$budget', view: 'status' });
  expect(interpolated(asked, replacing(variables))).toEqual(
    query({ metric: 'pages', by: ['team', 'user'], name: 'Checkout', view: 'status' }),
  );
});

test('a dimension that variables name again stands in a group-by once, where it came first', () => {
  const variables = { split: { value: ['team', 'user'] }, other: { value: 'team' } };
  const by = (...names: string[]) => interpolated(query({ by: names }), replacing(variables)).by;
  expect(by('user', '$split', '$other')).toEqual(['user', 'team']);
  expect(by('$other', 'team', '$split')).toEqual(['team', 'user']);
});

test('the saved query is not changed', () => {
  const saved = query({ by: ['$split'], filters: [{ dimension: 'team', op: '=', values: ['$team'] }] });
  const copy = structuredClone(saved);
  interpolated(saved, replacing({ split: { value: 'team' }, team: { value: 'Payments' } }));
  expect(saved).toEqual(copy);
});
