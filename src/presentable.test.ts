import type { DataFrame, FieldType } from '@grafana/data';
import { expect, test } from 'vitest';
import { presentable } from './presentable.ts';

const meta = { notices: [{ severity: 'warning' as const, text: 'Incomplete.' }] };

function frame(values: Record<string, (number | string)[]>): DataFrame {
  const fields = Object.entries(values).map(([name, column]) => ({
    name,
    type: (name === 'time' ? 'time' : 'number') as FieldType,
    config: {},
    values: column,
  }));
  return { refId: 'A', meta, fields, length: fields[0]?.values.length ?? 0 };
}

const nothing = new Set<string>();

test('an answer with rows stays as it is', () => {
  const full = frame({ time: [1, 2], pages: [3, 4] });
  expect(presentable([full], nothing)).toEqual([full]);
  expect(presentable([full], new Set(['A']))).toEqual([full]);
});

test('an answer without rows loses its columns and keeps its notices', () => {
  expect(presentable([frame({ time: [], pages: [] })], nothing)).toEqual([
    { refId: 'A', meta, fields: [], length: 0 },
  ]);
});

test('times without a value beside them are no answer either', () => {
  expect(presentable([frame({ time: [1, 2] })], nothing)).toEqual([
    { refId: 'A', meta, fields: [], length: 0 },
  ]);
});

test('a heat map without rows gets no frame', () => {
  expect(presentable([frame({ time: [1, 2] })], new Set(['A']))).toEqual([]);
});
