import type { NextFunction, Request } from 'express';
import { SECOND } from '../time.ts';
import { ApiError } from './api-error.ts';
import type { Control } from './control.ts';
import { type Disturbed, sendJson } from './send.ts';

/** Where tokens of scoped OAuth are to be had; PagerDuty has it on a host of its own. */
export const TOKEN_PATH = '/oauth/token';

/** The scope that each list, and what is below it, asks for (api-schema, x-pd-requires-scope). */
const SCOPES: Readonly<Record<string, string>> = {
  abilities: 'abilities.read',
  analytics: 'analytics.read',
  audit: 'audit_records.read',
  escalation_policies: 'escalation_policies.read',
  incidents: 'incidents.read',
  log_entries: 'incidents.read',
  maintenance_windows: 'services.read',
  notifications: 'users:notifications.read',
  oncalls: 'oncalls.read',
  priorities: 'priorities.read',
  schedules: 'schedules.read',
  services: 'services.read',
  teams: 'teams.read',
  users: 'users.read',
  v3: 'schedules.read',
  webhook_subscriptions: 'webhook_subscriptions.read',
};

/** Gives out tokens that end, and knows what each may read. */
export interface Tokens {
  /** Answers POST /oauth/token: client credentials, any client id, and the key as the secret. */
  issue(request: Request, response: Disturbed): void;
  /** Lets in whoever has the key, or a token whose scopes cover the path. */
  authorize(request: Request, response: Disturbed, next: NextFunction): void;
}

/** Makes a keeper of tokens; they are counted, so that they are the same in every run. */
export function keepTokens(control: Control, clock: () => number): Tokens {
  const issued = new Map<string, { endsAt: number; scopes: readonly string[] }>();

  const mayAsk = (authorization: string, path: string, method: string): boolean => {
    const known = issued.get(authorization.replace(/^Bearer /, ''));
    if (!known || clock() >= known.endsAt) throw new ApiError('unauthorized');
    const [, list = ''] = path.split('/');
    const scope = Object.hasOwn(SCOPES, list) ? SCOPES[list] : undefined;
    return scope !== undefined && known.scopes.includes(method === 'GET' ? scope : writing(scope));
  };

  return {
    issue({ body }, response) {
      const problem = problemOf(body ?? {}, control.settings.token);
      if (problem) {
        response.status(problem.status);
        sendJson(response, { error: problem.error, error_description: problem.description });
        return;
      }
      const { tokenSeconds } = control.settings;
      const token = `simulated-token-${issued.size + 1}`;
      const scope = String(body.scope);
      issued.set(token, { endsAt: clock() + tokenSeconds * SECOND, scopes: scope.split(' ') });
      sendJson(response, { access_token: token, token_type: 'bearer', expires_in: tokenSeconds, scope });
    },
    authorize({ headers, path, method }, _response, next) {
      const { token } = control.settings;
      const given = headers.authorization ?? '';
      const isKey = [`Token token=${token}`, `Bearer ${token}`].includes(given);
      if (!isKey && !mayAsk(given, path, method)) throw new ApiError('forbidden');
      next();
    },
  };
}

/** The scope that other methods than GET ask for, also where they only read. */
function writing(scope: string): string {
  return scope.replace(/read$/, 'write');
}

interface Problem {
  status: number;
  error: string;
  description: string;
}

function problemOf(body: Record<string, unknown>, secret: string): Problem | null {
  const { grant_type: grant, client_id: client, client_secret: given, scope } = body;
  if (grant !== 'client_credentials') {
    return {
      status: 400,
      error: 'unsupported_grant_type',
      description: 'grant_type must be client_credentials.',
    };
  }
  if (!client || given !== secret) {
    return { status: 401, error: 'invalid_client', description: 'Client authentication failed.' };
  }
  if (!/(^| )as_account-(us|eu)\.\S/.test(String(scope ?? ''))) {
    return {
      status: 400,
      error: 'invalid_scope',
      description: 'scope must hold as_account-us. or as_account-eu. and a subdomain.',
    };
  }
  return null;
}
