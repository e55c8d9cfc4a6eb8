import { sql } from '../../sql/statement.ts';
import { count, flag, quantity, text, time, type View } from './view.ts';

const PAGES = sql`"page" AS "p" LEFT JOIN "user" AS "u" ON "u"."id" = "p"."user_id" LEFT JOIN "service" AS "s" ON "s"."id" = "p"."service_id" LEFT JOIN "incident_fact" AS "f" ON "f"."incident_id" = "p"."incident_id" LEFT JOIN "priority" AS "r" ON "r"."id" = "p"."priority_id"`;

const PAGE_COLUMNS = {
  page_id: text(sql`"p"."id"`, "PagerDuty's id of its first notification"),
  paged_at: time(sql`"p"."time"`, 'when'),
  user_id: text(sql`"p"."user_id"`, 'the person'),
  user_name: text(sql`"u"."name"`, "the person's name"),
  incident_id: text(sql`"p"."incident_id"`, 'the incident'),
  incident_number: count(sql`"f"."number"`, 'its number; null where PagerDuty no longer gives it'),
  service_id: text(sql`"p"."service_id"`, "the incident's service at present"),
  service: text(sql`"s"."name"`, 'the name of that service'),
  fingerprint: text(sql`"p"."fingerprint"`, 'the alert that the incident is one more case of'),
  urgency: text(sql`"p"."urgency"`, 'high or low, at page time'),
  priority_id: text(sql`"p"."priority_id"`, 'the priority at page time'),
  priority: text(sql`"r"."name"`, 'the name of that priority'),
  means: text(sql`"p"."means"`, 'phone, sms, push or unknown: of its first notification'),
  local_time: time(sql`"p"."local_time"`, "the person's wall clock"),
  hour_class: text(sql`"p"."hour_class"`, 'business, off or sleep, for the person'),
  weekday: count(sql`"p"."weekday"`, '1 = Monday, for the person'),
  hour: count(sql`"p"."hour"`, '0 to 23, for the person'),
  night: text(
    sql`"p"."night"`,
    "the local date (YYYY-MM-DD) on which the person's night began; null outside it",
  ),
  notifications: count(sql`"p"."notifications"`, 'contact attempts in it'),
} as const;

/** Views of people: what reached them, and when they were on call. */
export const peopleViews = {
  pagebudget_pages: {
    about: 'A page: the notifications of one incident to one person within 5 minutes, e-mails aside.',
    from: PAGES,
    columns: {
      ...PAGE_COLUMNS,
      interruption: flag(sql`"p"."interruption"`, 'it is the first of a burst of pages to the person'),
    },
  },
  pagebudget_interruptions: {
    about: 'An interruption: the first page of a burst within 5 minutes, across incidents.',
    from: sql`${PAGES} WHERE "p"."interruption"`,
    columns: PAGE_COLUMNS,
  },
  pagebudget_notifications: {
    about: 'A notification: one contact attempt, e-mails included.',
    from: sql`"notification" AS "n" LEFT JOIN "user" AS "u" ON "u"."id" = "n"."user_id" LEFT JOIN "priority" AS "r" ON "r"."id" = "n"."priority_id"`,
    columns: {
      notification_id: text(sql`"n"."id"`, "PagerDuty's id of the log entry"),
      notified_at: time(sql`"n"."time"`, 'when'),
      incident_id: text(sql`"n"."incident_id"`, 'the incident'),
      user_id: text(sql`"n"."user_id"`, 'the person; null where PagerDuty names none'),
      user_name: text(sql`"u"."name"`, "the person's name"),
      means: text(sql`"n"."means"`, 'phone, sms, push, email or unknown'),
      urgency: text(sql`"n"."urgency"`, 'high or low, at that time'),
      priority_id: text(sql`"n"."priority_id"`, 'the priority at that time'),
      priority: text(sql`"r"."name"`, 'the name of that priority'),
      hour_class: text(
        sql`"n"."hour_class"`,
        'business, off or sleep, for the person; null where it went to nobody',
      ),
      weekday: count(sql`"n"."weekday"`, '1 = Monday, for the person'),
      hour: count(sql`"n"."hour"`, '0 to 23, for the person'),
    },
  },
  pagebudget_on_call: {
    about:
      'A piece of level 1 on-call time, cut at local hours; a person on call by two policies has it twice, with the same start and end.',
    from: sql`"shift" AS "o" LEFT JOIN "user" AS "u" ON "u"."id" = "o"."user_id" LEFT JOIN "escalation_policy" AS "e" ON "e"."id" = "o"."escalation_policy_id" LEFT JOIN "schedule" AS "s" ON "s"."id" = "o"."schedule_id"`,
    columns: {
      user_id: text(sql`"o"."user_id"`, 'the person'),
      user_name: text(sql`"u"."name"`, "the person's name"),
      escalation_policy_id: text(sql`"o"."escalation_policy_id"`, 'the escalation policy'),
      escalation_policy: text(sql`"e"."name"`, 'its name'),
      schedule_id: text(sql`"o"."schedule_id"`, 'the schedule; null for a direct target of the policy'),
      schedule: text(sql`"s"."name"`, 'its name'),
      started_at: time(sql`"o"."start"`, 'from'),
      ended_at: time(sql`"o"."end"`, 'to'),
      hours: quantity(
        sql`CAST(EXTRACT(epoch FROM ("o"."end" - "o"."start")) / 3600 AS float8)`,
        'from one to the other',
      ),
      hour_class: text(sql`"o"."hour_class"`, 'business, off or sleep, for the person'),
      weekday: count(sql`"o"."weekday"`, '1 = Monday, for the person'),
      hour: count(sql`"o"."hour"`, '0 to 23, for the person'),
      night: text(
        sql`"o"."night"`,
        "the local date (YYYY-MM-DD) on which the person's night began; null outside it",
      ),
    },
  },
  pagebudget_people: {
    about: 'A person, also one that PagerDuty no longer lists.',
    from: sql`"user" AS "u"`,
    columns: {
      user_id: text(sql`"u"."id"`, "PagerDuty's id"),
      user_name: text(sql`"u"."name"`, 'the name'),
      time_zone: text(
        sql`(SELECT "z"."time_zone" FROM "user_zone" AS "z" WHERE "z"."user_id" = "u"."id" ORDER BY "z"."version" DESC LIMIT 1)`,
        "the last time zone seen; null means the account's",
      ),
      listed: flag(sql`"u"."listed"`, 'false once the person is deleted'),
      url: text(sql`"u"."url"`, 'the page in PagerDuty'),
    },
  },
  pagebudget_coverage: {
    about: 'How far a stream was harvested; outside of it rows are missing.',
    from: sql`"coverage" AS "c"`,
    columns: {
      stream: text(sql`"c"."stream"`, 'incidents, log_entries, on_call or a list of the directory'),
      from_at: time(sql`"c"."from"`, 'rows are whole from here'),
      until_at: time(sql`"c"."to"`, 'to here'),
      state: text(sql`"c"."state"`, 'waiting, running, complete, error or disabled'),
      reason: text(sql`"c"."reason"`, 'why it is not complete'),
    },
  },
} as const satisfies Record<string, View>;
