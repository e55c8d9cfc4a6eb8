import { type Means, rulesFor } from '../life/notify.ts';
import type { Person } from '../organisation/things.ts';
import { randomFor } from '../random.ts';
import { team } from './directory.ts';
import { head, type Lens, perhaps } from './reference.ts';

const API = 'https://api.pagerduty.com';

/** How people can be reached: the letter that such contact methods' ids begin with, their type, and their label. */
const METHODS = {
  email: { letter: 'C', type: 'email_contact_method', label: 'Work' },
  phone: { letter: 'D', type: 'phone_contact_method', label: 'Mobile' },
  sms: { letter: 'E', type: 'sms_contact_method', label: 'Mobile' },
  push: { letter: 'F', type: 'push_notification_contact_method', label: 'Telephone' },
  whatsapp: { letter: 'G', type: 'whatsapp_contact_method', label: 'Mobile' },
} as const satisfies Record<Means, { letter: string; type: string; label: string }>;

const ALL_MEANS = Object.keys(METHODS) as Means[];
const SECONDS = 60;

/** A user as GET /users shows it. */
export function user(lens: Lens, person: Person): object {
  const isWhole = (name: string) => lens.included.has(name);
  const methods = isWhole('contact_methods')
    ? contactMethods(person)
    : ALL_MEANS.map((means) => methodReference(person, means));
  const rules = notificationRules(person);
  return {
    ...head(person),
    name: person.name,
    email: person.email,
    time_zone: person.zone,
    color: 'teal',
    role: person.role,
    avatar_url: null,
    description: null,
    invitation_sent: false,
    job_title: person.jobTitle,
    created_via_sso: false,
    teams: person.teams.map((item) => perhaps(lens, ['teams'], item, team)),
    contact_methods: methods,
    notification_rules: isWhole('notification_rules') ? rules : rules.map(asReference),
    ...(isWhole('subdomains') && { subdomains: ['simulated'] }),
  };
}

/** The contact methods of a person, whole. */
export function contactMethods(person: Person): { id: string }[] {
  const digits = randomFor('phone', person.id).whole(1000, 9999);
  const addresses = { email: person.email, push: randomFor('device', person.id).signs(16) };
  return ALL_MEANS.map((means) => ({
    ...methodHead(person, means),
    label: METHODS[means].label,
    address: means === 'email' || means === 'push' ? addresses[means] : `555010${digits}`,
    ...(means === 'email' ? { send_short_email: false } : {}),
    ...(means === 'phone' || means === 'sms' || means === 'whatsapp' ? { country_code: 1 } : {}),
  }));
}

/** The rules by which a person is told of incidents, whole. */
export function notificationRules(person: Person): { id: string; type: string }[] {
  return (['high', 'low'] as const).flatMap((urgency) =>
    rulesFor(person, urgency).map(([seconds, means], index) => {
      const id = `${urgency === 'high' ? 'H' : 'L'}${index}${person.id.slice(1)}`;
      const minutes = Math.floor(seconds / SECONDS);
      return {
        id,
        type: 'assignment_notification_rule',
        summary: `${minutes} minutes: channel ${METHODS[means].type}`,
        self: `${API}/users/${person.id}/notification_rules/${id}`,
        html_url: null,
        start_delay_in_minutes: minutes,
        urgency,
        contact_method: methodReference(person, means),
      };
    }),
  );
}

function methodHead({ id: person }: Person, means: Means) {
  const { letter, type, label } = METHODS[means];
  const id = letter + person.slice(1);
  return { id, type, summary: label, self: `${API}/users/${person}/contact_methods/${id}`, html_url: null };
}

function methodReference(person: Person, means: Means): object {
  return asReference(methodHead(person, means));
}

function asReference<T extends { type: string }>(whole: T) {
  const { id, type, summary, self, html_url } = whole as T & Record<string, unknown>;
  return { id, type: `${type}_reference`, summary, self, html_url };
}
