import { integration } from '../answers/service.ts';
import { contactMethods, notificationRules } from '../answers/user.ts';
import { ApiError } from '../http/api-error.ts';
import type { Question } from '../http/question.ts';
import { type Answer, lensOf, one } from './answer.ts';

/** How people are reached, and how events reach services. */
export const CONTACT_ANSWERS = {
  '/users/me': () => {
    throw new ApiError('invalid_input', 'The key belongs to the account, not to a user.');
  },
  '/users/:id/contact_methods': (question) => ({ contact_methods: contactMethods(person(question)) }),
  '/users/:id/contact_methods/:part': (question) => ({
    contact_method: part(question, contactMethods(person(question))),
  }),
  '/users/:id/notification_rules': (question) => ({
    notification_rules: notificationRules(person(question)),
  }),
  '/users/:id/notification_rules/:part': (question) => ({
    notification_rule: part(question, notificationRules(person(question))),
  }),
  '/services/:id/integrations/:part': (question) => {
    const service = one(question, ({ services }) => services, 'service_not_found');
    part(question, [service.integration]);
    return { integration: integration(lensOf(question), service) };
  },
} as const satisfies Record<string, Answer>;

function person(question: Question) {
  return one(question, ({ people }) => people, 'user_not_found');
}

function part<T extends { id: string }>(question: Question, parts: readonly T[]): T {
  const found = parts.find(({ id }) => id === question.partId);
  if (!found) throw new ApiError('not_found');
  return found;
}
