import { sql } from '../sql/statement.ts';
import type { Column } from './column.ts';
import type { QueryContext } from './context.ts';

/** The link of an incident's cell to PagerDuty, made of the account's address and the row's `incident_id`; none before an account is known. */
export async function incidentLink({ reader, signal }: QueryContext): Promise<Pick<Column, 'link'>> {
  const [account] = await reader.read(sql`SELECT "url" FROM "account"`, signal);
  if (!account) return {};
  const url = `${String(account.url).replace(/\/$/, '')}/incidents/\${__data.fields.incident_id}`;
  return { link: { title: 'Open in PagerDuty', url } };
}

/** These columns, the one named `incident` with its link. */
export async function withLinks(columns: readonly Column[], context: QueryContext): Promise<Column[]> {
  const link = await incidentLink(context);
  return columns.map((column) => (column.name === 'incident' ? { ...column, ...link } : column));
}
