import { expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { categoryOf } from './category.ts';
import { rulesOf } from './rules.ts';

const { categories } = rulesOf({
  ...readConfig({}),
  categories: [
    { name: 'shop disks', title: 'disk', service: '^shop$' },
    { name: 'keyed', incidentKey: '^disk-\\d+$' },
    { name: 'disks', title: 'DISK' },
  ],
});

const categorise = (title: string, service: string | null, incidentKey: string | null) =>
  categoryOf({ title, service, incidentKey }, categories, 'none');

it('takes the first rule of which all patterns match, in any case', () => {
  expect(categorise('Disk full', 'Shop', 'disk-7')).toBe('shop disks');
  expect(categorise('Disk full', 'Web shop', 'disk-7')).toBe('keyed');
  expect(categorise('The disk is full', 'Web shop', null)).toBe('disks');
});

it('matches no pattern on what an incident does not have, and falls back', () => {
  expect(categorise('Disk full', null, null)).toBe('disks');
  expect(categorise('Latency', null, null)).toBe('none');
});
