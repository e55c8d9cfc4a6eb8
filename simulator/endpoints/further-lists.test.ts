import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, type Page, type Refusal, startSmall } from '../testing.ts';

interface Thing {
  id: string;
  type: string;
  name: string;
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSmall();
});
afterAll(() => simulator.stop());

const NOW = '2026-11-16T00:00:00Z';

describe('maintenance windows', () => {
  interface Window extends Thing {
    start_time: string;
    end_time: string;
    description: string;
    services: Thing[];
    teams: Thing[];
    created_by: Thing | null;
  }
  const windows = (query = '') =>
    askAll<Window>(simulator, `/maintenance_windows?time_zone=UTC&${query}`, 'maintenance_windows');

  it('are past, ongoing or to come, and each is shown singly', async () => {
    const all = await windows();
    const [past, future, ongoing, open] = await Promise.all(
      ['past', 'future', 'ongoing', 'open'].map((filter) => windows(`filter=${filter}`)),
    );
    expect(past?.every(({ end_time }) => end_time <= NOW)).toBe(true);
    expect(future?.every(({ start_time }) => start_time > NOW)).toBe(true);
    expect([past, ongoing, future].map((part) => part?.length ?? 0).reduce((a, b) => a + b)).toBe(all.length);
    expect(open).toHaveLength((ongoing?.length ?? 0) + (future?.length ?? 0));
    expect(past?.length).toBeGreaterThan(10);
    const [first] = all;
    const one = await ask<Record<string, Window>>(
      simulator,
      `/maintenance_windows/${first?.id}?time_zone=UTC`,
    );
    expect(one.body.maintenance_window).toEqual(first);
    expect((await ask(simulator, '/maintenance_windows?filter=soon')).status).toBe(400);
  });

  it('can be narrowed by service, team and words', async () => {
    const all = await windows();
    const [{ services, teams, description } = { services: [], teams: [], description: '' }] = all;
    const has = (things: Thing[], id: string | undefined) => things.some((thing) => thing.id === id);
    const service = services[0]?.id;
    expect(await windows(`service_ids[]=${service}`)).toEqual(
      all.filter((each) => has(each.services, service)),
    );
    const team = teams[0]?.id;
    expect(await windows(`team_ids[]=${team}`)).toEqual(all.filter((each) => has(each.teams, team)));
    expect(await windows(`query=${encodeURIComponent(description.toUpperCase())}`)).toEqual(
      all.filter((each) => each.description === description),
    );
  });

  it('hold whole things if that is asked for', async () => {
    const [whole] = await windows('include[]=services&include[]=teams&include[]=users');
    expect(whole?.services[0]?.type).toBe('service');
    expect(whole?.teams[0]?.type).toBe('team');
    expect(whole?.created_by?.type).toBe('user');
  });
});

describe('notifications', () => {
  interface Notification extends Thing {
    started_at: string;
    user: Thing | null;
  }
  const range = 'since=2026-11-14T00:00:00Z&until=2026-11-15T00:00:00Z&time_zone=UTC';

  it('are the contact attempts that the log tells of', async () => {
    const found = await askAll<Notification>(simulator, `/notifications?${range}`, 'notifications');
    const path = `/log_entries?${range}&include[]=channels`;
    interface Entry extends Thing {
      channel: { notification: { id: string } };
    }
    const entries = await askAll<Entry>(simulator, path, 'log_entries');
    const told = entries.filter(({ type }) => type === 'notify_log_entry');
    const ids = told.map(({ channel }) => channel.notification.id);
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(found.length).toBeGreaterThan(20);
    const filter = 'filter=sms_notification&include[]=users';
    const sms = await askAll<Notification>(simulator, `/notifications?${range}&${filter}`, 'notifications');
    expect(new Set(sms.map(({ type }) => type))).toEqual(new Set(['sms_notification']));
    expect(sms.some(({ user }) => user?.type === 'user')).toBe(true);
  });

  it('need a range of less than three months', async () => {
    const refused = async (query: string) =>
      (await ask<Refusal>(simulator, `/notifications?${query}`)).body.error.code;
    expect(await refused('')).toBe(2004);
    expect(await refused(`since=2026-11-14T00:00:00Z`)).toBe(2004);
    expect(await refused(`since=2026-08-16T00:00:00Z&until=${NOW}`)).toBe(2005);
    expect((await ask(simulator, `/notifications?since=2026-08-16T00:00:01Z&until=${NOW}`)).status).toBe(200);
  });
});

describe('contact methods and notification rules', () => {
  interface Method extends Thing {
    address: string;
  }
  interface Rule extends Thing {
    urgency: string;
    start_delay_in_minutes: number;
    contact_method: Thing;
  }
  interface User extends Thing {
    contact_methods: Method[];
    notification_rules: Rule[];
    teams: Thing[];
  }

  it('are references in a user, whole under include[], and lists of their own', async () => {
    const [bare] = await askAll<User>(simulator, '/users', 'users');
    expect(bare?.contact_methods.every(({ type }) => type.endsWith('_contact_method_reference'))).toBe(true);
    expect(bare?.notification_rules[0]?.type).toBe('assignment_notification_rule_reference');
    const include = ['contact_methods', 'notification_rules', 'teams'].map((name) => `include[]=${name}`);
    const [whole] = await askAll<User>(simulator, `/users?${include.join('&')}`, 'users');
    expect(whole?.teams[0]?.type).toBe('team');
    for (const list of ['contact_methods', 'notification_rules'] as const) {
      const { body } = await ask<Record<string, Thing[]>>(simulator, `/users/${bare?.id}/${list}`);
      expect(body[list]).toEqual(whole?.[list]);
      const [first] = whole?.[list] ?? [];
      const one = await ask<Record<string, Thing>>(simulator, `/users/${bare?.id}/${list}/${first?.id}`);
      expect(one.body[list.slice(0, -1)]).toEqual(first);
    }
    const methods = whole?.contact_methods.map(({ id }) => id);
    for (const { contact_method } of whole?.notification_rules ?? [])
      expect(methods).toContain(contact_method.id);
  });

  it('of the key’s own user cannot be had, as the key is the account’s', async () => {
    expect((await ask(simulator, '/users/me')).status).toBe(400);
  });
});

describe('services and escalation policies', () => {
  it.each(['services', 'escalation_policies'])(
    '%s come by name, in the direction asked for',
    async (list) => {
      const names = async (query: string) =>
        (await askAll<Thing>(simulator, `/${list}?${query}`, list)).map(({ name }) => name);
      const usual = await names('');
      expect(usual).toEqual(usual.toSorted());
      expect(await names('sort_by=name:asc')).toEqual(usual);
      expect(await names('sort_by=name:desc')).toEqual(usual.toReversed());
      expect((await ask(simulator, `/${list}?sort_by=toString`)).status).toBe(400);
    },
  );

  it('show integrations and targets whole if that is asked for', async () => {
    interface Service extends Thing {
      integrations: (Thing & { created_at?: string })[];
      auto_pause_notifications_parameters?: object;
    }
    const [bare] = await askAll<Service>(simulator, '/services', 'services');
    const names = 'include[]=integrations&include[]=auto_pause_notifications_parameters';
    const [whole] = await askAll<Service>(simulator, `/services?${names}`, 'services');
    expect(bare?.integrations[0]?.type).toMatch(/_inbound_integration_reference$/);
    expect(whole?.integrations[0]?.type).toMatch(/_inbound_integration$/);
    expect(whole?.auto_pause_notifications_parameters).toMatchObject({ enabled: false });
    const path = `/services/${bare?.id}/integrations/${bare?.integrations[0]?.id}`;
    const one = await ask<{ integration: Thing }>(simulator, path);
    expect(one.body.integration).toEqual(whole?.integrations[0]);
    interface Policy extends Thing {
      escalation_rules: { targets: Thing[] }[];
    }
    const targets = async (query: string) => {
      const policies = await askAll<Policy>(
        simulator,
        `/escalation_policies?${query}`,
        'escalation_policies',
      );
      const all = policies.flatMap(({ escalation_rules }) =>
        escalation_rules.flatMap((rule) => rule.targets),
      );
      return new Set(all.map(({ type }) => type));
    };
    expect(await targets('')).toEqual(
      new Set(['schedule_reference', 'schedule_v3_reference', 'user_reference']),
    );
    expect(await targets('include[]=targets')).toEqual(new Set(['schedule', 'schedule_v3', 'user']));
  });
});

describe('schedules', () => {
  it('name the people on duty in a range, and have no overrides without one', async () => {
    const [schedule] = await askAll<Thing>(simulator, '/schedules', 'schedules');
    const range = 'since=2026-11-10T00:00:00Z&until=2026-11-11T00:00:00Z';
    const { body } = await ask<{ users: Thing[] }>(simulator, `/schedules/${schedule?.id}/users?${range}`);
    expect(body.users.map(({ type }) => type)).toEqual(body.users.map(() => 'user'));
    expect(body.users.length).toBeGreaterThan(0);
    expect((await ask(simulator, `/schedules/${schedule?.id}/overrides`)).status).toBe(400);
    expect((await ask(simulator, `/schedules/${schedule?.id}/overrides?${range}`)).status).toBe(200);
  });

  it('say when somebody is on duty next, if that is asked for', async () => {
    interface Next extends Thing {
      users: Thing[];
      next_oncall_for_user?: { user: Thing; start: string; end: string } | null;
    }
    const [schedule] = await askAll<Next>(simulator, '/schedules', 'schedules');
    expect(schedule).not.toHaveProperty('next_oncall_for_user');
    const path = `/schedules/${schedule?.id}?time_zone=UTC&include_next_oncall_for_user=`;
    const next = async (id: string | undefined) =>
      (await ask<{ schedule: Next }>(simulator, path + id)).body.schedule.next_oncall_for_user;
    const found = await next(schedule?.users[0]?.id);
    expect(found?.user.id).toBe(schedule?.users[0]?.id);
    expect((found?.start ?? '') > NOW).toBe(true);
    expect(await next('P404')).toBeNull();
  });

  it('that are layer-based are no shift-based ones', async () => {
    const { body } = await ask<Page<'schedules', Thing>>(simulator, '/v3/schedules');
    expect(body).toMatchObject({ limit: 100, offset: 0, more: false });
    const [schedule] = await askAll<Thing>(simulator, '/schedules', 'schedules');
    expect((await ask(simulator, `/v3/schedules/${schedule?.id}`)).status).toBe(400);
    const missing = await ask<Refusal>(simulator, '/v3/schedules/P404');
    expect([missing.status, missing.body.error.code]).toEqual([404, 3004]);
  });
});

it('parameters that nobody documents are tolerated', async () => {
  const plain = await ask(simulator, '/services');
  const odd = await ask(simulator, '/services?colour=blue&include[]=everything&page=3');
  expect(odd.text).toBe(plain.text);
});
