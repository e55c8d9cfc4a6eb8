import { createHmac } from 'node:crypto';

/** What stands for a text where the text itself is not kept: its hash under the store's own key (hexadecimal), stable per store. */
export function keyedHash(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex');
}

/** The keyed hash of a login e-mail, however it is capitalised. */
export function emailHash(key: string, email: string): string {
  return keyedHash(key, email.toLowerCase());
}

/** The note that holds the store's key. */
export const KEY_NOTE = 'email_key';
