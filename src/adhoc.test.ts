import { expect, test } from 'vitest';
import type { Catalogue, CatalogueQueryType } from '../backend/contract.ts';
import { filtersOf, narrowed } from './adhoc.ts';

const type = (name: string, ...fields: { type: string }[]) =>
  ({ name, title: name, description: '', example: {}, fields }) as unknown as CatalogueQueryType;

const catalogue: Catalogue = {
  queryTypes: [type('metric', { type: 'filters' }), type('account')],
  metrics: [],
  dimensions: [],
  operators: [],
};

test('an ad hoc filter becomes a filter of the same meaning', () => {
  expect(
    filtersOf([
      { key: 'team', operator: '=', value: 'Payments' },
      { key: 'service', operator: '=|', value: 'api', values: ['api', 'web'] },
      { key: 'urgency', operator: '!=|', value: 'low', values: ['low'] },
      { key: 'fingerprint', operator: '!~', value: 'disk.*' },
    ]),
  ).toEqual([
    { dimension: 'team', op: '=', values: ['Payments'] },
    { dimension: 'service', op: '=', values: ['api', 'web'] },
    { dimension: 'urgency', op: '!=', values: ['low'] },
    { dimension: 'fingerprint', op: '!~', values: ['disk.*'] },
  ]);
});

test('a filter without dimension or value restricts nothing', () => {
  expect(
    filtersOf([
      { key: '', operator: '=', value: 'x' },
      { key: 'team', operator: '=', value: '' },
    ]),
  ).toEqual([]);
});

test('an operator without a meaning for names is refused with those that have one', () => {
  expect(() => filtersOf([{ key: 'team', operator: '<', value: 'a' }])).toThrow(
    /filter on team cannot use "<".*=~/,
  );
});

test('ad hoc filters come after the own ones, and only to queries that take filters', () => {
  const own = { dimension: 'urgency', op: '=', values: ['high'] } as const;
  const added = { dimension: 'team', op: '=', values: ['Payments'] } as const;
  const query = { refId: 'A', queryType: 'metric', filters: [{ ...own, values: ['high'] }] };
  expect(narrowed(query, [{ ...added, values: ['Payments'] }], catalogue).filters).toEqual([own, added]);
  const account = { refId: 'A', queryType: 'account' };
  expect(narrowed(account, [{ ...added, values: ['Payments'] }], catalogue)).toEqual(account);
});
