import { expect, it } from 'vitest';
import { fingerprintOf, normalise, titleOf } from './fingerprint.ts';

it.each([
  ['Job 123E4567-e89b-12d3-a456-426614174000 failed', 'job <uuid> failed'],
  ['Backup of 2026-03-10 late', 'backup of <time> late'],
  ['Since 2026-03-10T12:30:05.123Z down', 'since <time> down'],
  ['Since 2026-03-10 12:30+01:00 down', 'since <time> down'],
  ['Since 2026-03-10t12:30:05,5-0530 down', 'since <time> down'],
  ['No ping from 10.0.12.7:9100', 'no ping from <ip>'],
  ['No ping from 10.0.12.7.', 'no ping from <n>.'],
  ['Version 1.2.3.4.5 broken', 'version <n> broken'],
  ['Late at 9:05 and 21:05:59', 'late at <time> and <time>'],
  ['Ratio 1:2:3', 'ratio <n>:<n>:<n>'],
  ['Host fe80::1ff:fe23:4567:890a down', 'host <ip> down'],
  ['Pod checkout-7d9f8b6c5d-x2x4q restarts', 'pod checkout-<host> restarts'],
  ['Pod checkout-abcdefghij-klmno restarts', 'pod checkout-abcdefghij-klmno restarts'],
  ['Commit deadbeef1 broke', 'commit <hex> broke'],
  ['Address 0x7ffe12 broke', 'address <hex> broke'],
  ['facade and defaced stay', 'facade and defaced stay'],
  ['Disk 81.5% of 1,024 GB on db-12', 'disk <n>% of <n> gb on db-<n>'],
  ['  Two\t blanks \n', 'two blanks'],
])('normalises %j to %j', (title, normal) => {
  expect(normalise(title)).toBe(normal);
});

it('knows an alert by its service and title, or by its key', () => {
  expect(fingerprintOf('S1', 'Disk 81%', null)).toEqual({ id: 'S1|t:disk <n>%', title: 'disk <n>%' });
  expect(fingerprintOf('S1', 'Disk 81%', 'DISK/7')).toEqual({ id: 'S1|k:disk/<n>', title: 'disk/<n>' });
});

it.each([
  ['S1', 'Disk 81%', null],
  ['S1', 'a|t:b', 'a|k:b'],
  [null, 'a|t:b', null],
])('tells the title of what is known of %j, %j and the key %j', (service, title, key) => {
  const fingerprint = fingerprintOf(service, title, key);
  expect(titleOf(fingerprint.id)).toBe(fingerprint.title);
});
