import { readToken } from '../config/token.ts';
import type { ErrorResponse } from '../contract.ts';
import { AppError } from '../errors.ts';

/** Where the backend of this machine listens, unless the command line names another. */
export function backendUrl(): string {
  return `http://127.0.0.1:${process.env.PORT || 8686}`;
}

/** What the backend of this machine wants to hear, as its own variables tell it; throws AppError `config`. */
export function backendToken(): string | null {
  const faults: string[] = [];
  const token = readToken(process.env, faults);
  if (faults.length > 0) throw new AppError('config', `${faults.join('; ')}.`);
  return token;
}

/** Has a running backend do something; null where none listens at `url`. Throws AppError with the backend's own words where it refuses. */
export async function postTo<Answer>(url: string, path: string, body: object): Promise<Answer | null> {
  const token = backendToken();
  const headers = {
    'content-type': 'application/json',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    if (isRefused(error)) return null;
    throw new AppError(
      'upstream',
      `The backend at ${url} broke off the answer: look into its log, or name another with --url.`,
      { cause: error },
    );
  });
  if (!response) return null;
  const answer = (await response.json().catch(() => null)) as Answer | ErrorResponse | null;
  if (response.ok && answer) return answer as Answer;
  const message = answer && typeof answer === 'object' && 'error' in answer ? answer.error.message : null;
  throw new AppError(
    'upstream',
    message ?? `What answers at ${url} is no Pagebudget (${response.status}): name the backend with --url.`,
  );
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
