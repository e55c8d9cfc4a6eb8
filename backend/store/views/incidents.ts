import { sql } from '../../sql/statement.ts';
import { count, flag, quantity, text, time, type View } from './view.ts';

/** Views of incidents and of what raised them. */
export const incidentViews = {
  pagebudget_incidents: {
    about: 'An incident.',
    from: sql`"incident" AS "i" JOIN "incident_fact" AS "f" ON "f"."incident_id" = "i"."id" LEFT JOIN "service" AS "s" ON "s"."id" = "i"."service_id" LEFT JOIN "escalation_policy" AS "e" ON "e"."id" = "i"."escalation_policy_id" LEFT JOIN "priority" AS "p" ON "p"."id" = "i"."priority_id"`,
    columns: {
      incident_id: text(sql`"i"."id"`, "PagerDuty's id"),
      number: count(sql`"i"."number"`, 'its number'),
      title: text(sql`"i"."title"`, 'its title'),
      status: text(sql`"i"."status"`, 'triggered, acknowledged or resolved'),
      urgency: text(sql`"i"."urgency"`, 'high or low, at present'),
      priority_id: text(sql`"i"."priority_id"`, 'its priority at present'),
      priority: text(sql`"p"."name"`, 'the name of that priority'),
      service_id: text(sql`"i"."service_id"`, 'its service at present'),
      service: text(sql`"s"."name"`, 'the name of that service'),
      escalation_policy_id: text(sql`"i"."escalation_policy_id"`, 'its escalation policy at present'),
      escalation_policy: text(sql`"e"."name"`, 'the name of that policy'),
      created_at: time(sql`"i"."created_at"`, 'when it was opened'),
      resolved_at: time(sql`"i"."resolved_at"`, 'when it was resolved; null while open'),
      merged: flag(sql`"i"."merged"`, 'merged into another incident'),
      alerts: count(sql`"i"."alerts"`, 'alerts in it'),
      time_to_acknowledge: quantity(
        sql`"f"."time_to_acknowledge"`,
        'seconds to the first acknowledgement by a person; null without one',
      ),
      time_to_resolve: quantity(
        sql`"f"."time_to_resolve"`,
        'seconds to its resolution; null while open and for merged ones',
      ),
      resolved_by: text(sql`"f"."resolved_by"`, 'user, timeout or integration; null while open'),
      auto_resolved: flag(sql`"f"."auto_resolved"`, 'resolved by a timeout or an integration'),
      transient: flag(sql`"f"."transient"`, 'resolved itself within minutes, acknowledged by nobody'),
      actionable: text(sql`"f"."actionable"`, 'yes, no or unknown'),
      flapping: flag(sql`"f"."flapping"`, 'of an alert that comes and goes'),
      own: flag(sql`"f"."own"`, "raised by one of Pagebudget's own alerts"),
      category: text(sql`"f"."category"`, 'by the rules of the settings, else the normalised title'),
      fingerprint: text(sql`"f"."fingerprint"`, 'the alert that it is one more case of'),
      fingerprint_title: text(sql`"f"."fingerprint_title"`, 'its normalised title'),
      notifications: count(sql`"f"."notifications"`, 'contact attempts, e-mails included'),
      escalations: count(sql`"f"."escalations"`, 'escalations'),
      reassignments: count(sql`"f"."reassignments"`, 'reassignments by a person'),
      url: text(sql`"i"."url"`, 'its page in PagerDuty'),
      runbook: flag(
        sql`("f"."runbook" OR "s"."runbook" IS NOT NULL)`,
        'a link to a runbook came with it, or stands in the description of its service',
      ),
    },
  },
  pagebudget_incident_teams: {
    about: 'An incident and one of its teams.',
    from: sql`"incident_team" AS "x" LEFT JOIN "team" AS "t" ON "t"."id" = "x"."team_id"`,
    columns: {
      incident_id: text(sql`"x"."incident_id"`, 'the incident'),
      team_id: text(sql`"x"."team_id"`, 'the team'),
      team: text(sql`"t"."name"`, 'its name'),
    },
  },
  pagebudget_fingerprints: {
    about: 'An alert that was seen once or more: a service and a title without its numbers, hosts and times.',
    from: sql`"incident_fact" AS "f" LEFT JOIN "service" AS "s" ON "s"."id" = "f"."service_id" GROUP BY "f"."fingerprint"`,
    columns: {
      fingerprint: text(sql`"f"."fingerprint"`, 'its id'),
      title: text(sql`min("f"."fingerprint_title")`, 'the normalised title'),
      service_id: text(sql`min("f"."service_id")`, 'its service'),
      service: text(sql`min("s"."name")`, 'the name of that service'),
      incidents: count(sql`count(*)`, 'its incidents'),
      first_at: time(sql`min("f"."created_at")`, 'when the first was opened'),
      last_at: time(sql`max("f"."created_at")`, 'when the last was opened'),
      notifications: count(
        sql`CAST(sum("f"."notifications") AS bigint)`,
        'contact attempts of all its incidents',
      ),
      transient: count(sql`count(*) FILTER (WHERE "f"."transient")`, 'incidents that were transient'),
      flapping: count(sql`count(*) FILTER (WHERE "f"."flapping")`, 'incidents that flapped'),
      actionable: count(
        sql`count(*) FILTER (WHERE "f"."actionable" = 'yes')`,
        'incidents that somebody acted on',
      ),
      not_actionable: count(
        sql`count(*) FILTER (WHERE "f"."actionable" = 'no')`,
        'incidents that needed nobody',
      ),
    },
  },
  pagebudget_services: {
    about: 'A service.',
    from: sql`"service" AS "s" LEFT JOIN "escalation_policy" AS "e" ON "e"."id" = "s"."escalation_policy_id"`,
    columns: {
      service_id: text(sql`"s"."id"`, "PagerDuty's id"),
      service: text(sql`"s"."name"`, 'its name'),
      escalation_policy_id: text(sql`"s"."escalation_policy_id"`, 'its escalation policy'),
      escalation_policy: text(sql`"e"."name"`, 'the name of that policy'),
      runbook: text(sql`"s"."runbook"`, 'a link to a runbook in its description'),
      url: text(sql`"s"."url"`, 'its page in PagerDuty'),
      listed: flag(sql`"s"."listed"`, 'false once it is deleted'),
    },
  },
  pagebudget_service_teams: {
    about: 'A service and one of its teams.',
    from: sql`"service_team" AS "x" LEFT JOIN "team" AS "t" ON "t"."id" = "x"."team_id"`,
    columns: {
      service_id: text(sql`"x"."service_id"`, 'the service'),
      team_id: text(sql`"x"."team_id"`, 'the team'),
      team: text(sql`"t"."name"`, 'its name'),
    },
  },
} as const satisfies Record<string, View>;
