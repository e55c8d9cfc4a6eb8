import { readFileSync } from 'node:fs';
import { AppError, messageOf } from '../errors.ts';

/** What proves to PagerDuty who asks. */
export interface Credentials {
  /** The value of the Authorization header. Throws AppError `unauthorized`, or PagerDutyError where a token must be asked for first. */
  authorization(signal?: AbortSignal): Promise<string>;
  /** After PagerDuty refused `refused` with 401: true where there is another to try now. Throws as `authorization` does. */
  renew(refused: string, signal?: AbortSignal): Promise<boolean>;
  /** What to do where PagerDuty refuses it for good. */
  advice: string;
  /** Texts that must never be shown, those of the past too. */
  secrets(): Iterable<string>;
}

const KEY_ADVICE =
  'Set PAGERDUTY_TOKEN or PAGERDUTY_TOKEN_FILE to a read-only API key of the account and restart.';

/** No key: every request is refused before it is sent. */
export const noCredentials: Credentials = {
  authorization: async () => {
    throw new AppError('unauthorized', `There is no PagerDuty API key. ${KEY_ADVICE}`);
  },
  renew: async () => false,
  advice: KEY_ADVICE,
  secrets: () => [],
};

/** A key that stays as it is. */
export function keyCredentials(key: string): Credentials {
  return {
    authorization: async () => `Token token=${key}`,
    renew: async () => false,
    advice: KEY_ADVICE,
    secrets: () => [key],
  };
}

/** A key in a file, which is read again when PagerDuty refuses what it held. */
export function keyFileCredentials(path: string): Credentials {
  const seen = new Set<string>();
  let key: string | null = null;
  const read = () => {
    key = readSecret(path);
    seen.add(key);
    return `Token token=${key}`;
  };
  return {
    authorization: async () => (key === null ? read() : `Token token=${key}`),
    renew: async (refused) => read() !== refused,
    advice: `The key in PAGERDUTY_TOKEN_FILE=${path} was read anew before giving up: put a read-only API key of the account there and restart.`,
    secrets: () => seen,
  };
}

/** The secret that a file holds, without the white space around it. Throws AppError `unauthorized` with the path. */
export function readSecret(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new AppError(
      'unauthorized',
      `The secret in ${path} cannot be read: ${messageOf(error)}. Make the file readable and restart.`,
    );
  }
  if (!text)
    throw new AppError('unauthorized', `The file ${path} holds no secret: write it there and restart.`);
  return text;
}
