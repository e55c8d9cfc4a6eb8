import { compareText } from '../model/facts/entries.ts';
import { isIn, sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';
import { DIMENSIONS } from './dimensions.ts';
import { namesOf } from './filter.ts';

/** Incidents whose teams are asked for in one statement. */
const AT_ONCE = 1000;

/** Rows with the teams of their incident, whose id is in a column: names as `teams` and ids as `team_ids`, joined by commas; null for an incident without any. */
export async function withTeams(rows: readonly Row[], column: string, context: QueryContext): Promise<Row[]> {
  const pairs = await teamsOf([...new Set(rows.map((row) => String(row[column])))], context);
  const names = await namesOf(
    context.reader,
    DIMENSIONS.team,
    pairs.map(({ team_id }) => team_id),
    context.signal,
  );
  const nameOf = (id: string) => names.get(id) ?? id;
  const byIncident = Map.groupBy(pairs, ({ incident_id }) => incident_id);
  return rows.map((row) => {
    const ids = (byIncident.get(String(row[column])) ?? [])
      .map(({ team_id }) => team_id)
      .sort((a, b) => compareText(nameOf(a), nameOf(b)) || compareText(a, b));
    const listed = (texts: string[]) => (texts.length === 0 ? null : texts.join(', '));
    return { ...row, teams: listed(ids.map(nameOf)), team_ids: listed(ids) };
  });
}

async function teamsOf(
  incidents: readonly string[],
  { reader, signal }: QueryContext,
): Promise<{ incident_id: string; team_id: string }[]> {
  const pairs: { incident_id: string; team_id: string }[] = [];
  for (let i = 0; i < incidents.length; i += AT_ONCE) {
    const some = isIn(sql`"incident_id"`, incidents.slice(i, i + AT_ONCE));
    pairs.push(
      ...(await reader.read<{ incident_id: string; team_id: string }>(
        sql`SELECT "incident_id", "team_id" FROM "incident_team" WHERE ${some}`,
        signal,
      )),
    );
  }
  return pairs;
}
