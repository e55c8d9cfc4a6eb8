import { ApiError, type ApiErrorName } from '../api-error.ts';
import { kindOf, refusedWith } from './kind.ts';

const refusing = (name: ApiErrorName) => () => () => refusedWith(new ApiError(name));

/** 401: the key is revoked, for a while or for good. */
export const unauthorized = kindOf({ options: {}, begin: refusing('unauthorized') });

/** 402: the plan lacks what a stream needs. */
export const paymentRequired = kindOf({
  options: {},
  paths: ['/priorities'],
  begin: refusing('lacks_ability'),
});

/** 403: the key may not see something, or no longer. */
export const forbidden = kindOf({ options: {}, paths: ['/incidents/:id'], begin: refusing('forbidden') });

const MISSING = {
  users: 'user_not_found',
  teams: 'team_not_found',
  services: 'service_not_found',
  schedules: 'schedule_not_found',
  escalation_policies: 'resource_not_found',
  incidents: 'resource_not_found',
  log_entries: 'resource_not_found',
} as const satisfies Record<string, ApiErrorName>;

/** 404: a single thing is gone, with the code that belongs to its kind. */
export const notFound = kindOf({
  options: {},
  paths: Object.keys(MISSING).map((list) => `/${list}/:id`),
  begin:
    () =>
    ({ path }) => {
      const [, list = ''] = path.split('/');
      const isKnown = Object.hasOwn(MISSING, list);
      return refusedWith(new ApiError(isKnown ? MISSING[list as keyof typeof MISSING] : 'not_found'));
    },
});
