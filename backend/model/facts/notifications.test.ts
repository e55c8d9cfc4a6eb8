import { expect, it } from 'vitest';
import { meansOf, pagesOf } from './notifications.ts';
import { CREATED, sampleEntry } from './testing/samples.ts';

const notify = (seconds: number, notification_type: string | null, user_id: string | null = 'ANNA') =>
  sampleEntry('notify', seconds, { notification_type, user_id });

const WINDOW = 300_000;

it.each([
  ['sms_notification', 'sms'],
  ['phone_notification', 'phone'],
  ['push_notification', 'push'],
  ['email_notification', 'email'],
  ['whatsapp_notification', 'unknown'],
  [null, 'unknown'],
])('reads the means of %s as %s', (type, means) => {
  expect(meansOf(notify(0, type))).toBe(means);
});

it('never reads the means from the channel', () => {
  expect(meansOf({ ...notify(0, null), channel_type: 'email' })).toBe('unknown');
});

it('counts attempts up to and with the window to one page, measured from its first', () => {
  const pages = pagesOf(
    [notify(0, 'push_notification'), notify(200, 'sms_notification'), notify(300, null), notify(301, null)],
    WINDOW,
  );
  expect(pages).toMatchObject([
    { means: 'push', times: [0, 200, 300].map((s) => CREATED + s * 1000), first: { id: 'R000000' } },
    { means: 'unknown', times: [CREATED + 301_000] },
  ]);
});

it('lets an e-mail neither open, extend nor move a page', () => {
  const mail = 'email_notification';
  const pages = pagesOf([notify(0, mail), notify(10, 'sms_notification'), notify(350, mail)], WINDOW);
  expect(pages).toMatchObject([{ times: [CREATED + 10_000] }]);
});

it('keeps people apart and pages nobody where no person is named', () => {
  const push = 'push_notification';
  const pages = pagesOf([notify(0, push), notify(1, push, 'BEN'), notify(2, push, null)], WINDOW);
  expect(pages.map((page) => page.user_id)).toEqual(['ANNA', 'BEN']);
});

it('takes no other entry for a notification', () => {
  expect(pagesOf([sampleEntry('assign', 0, { user_id: 'ANNA' })], WINDOW)).toEqual([]);
});
