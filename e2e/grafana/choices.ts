import type { APIRequestContext } from '@playwright/test';

/** Values of each dimension that a variable offers. */
export type Choices = Readonly<Record<string, string[]>>;

type Cells = Readonly<Record<string, unknown>>;

/** The dimensions that variables offer, and the columns of pages and incidents that hold their values. */
const COLUMNS: Readonly<Record<string, string>> = {
  team: 'teams',
  service: 'service',
  escalation_policy: 'escalation_policy',
  urgency: 'urgency',
  user: 'user',
  fingerprint: 'fingerprint',
};

/** The more panels tell of a page, the better: those of interruptions do, and those of nights. */
const worth = ({ interruption, hour_class }: Cells) =>
  interruption === true ? (hour_class === 'sleep' ? 2 : 1) : 0;

/** Values that belong together, those of one page or of several with different services, interruptions at night where there are such, so that no panel about pages is empty for them. */
export async function choicesOf(request: APIRequestContext, count: number): Promise<Choices> {
  const [pages, incidents] = await Promise.all(['pages', 'incidents'].map((type) => newest(request, type)));
  const byId = new Map((incidents ?? []).map((row) => [row.id, row]));
  const whole = (pages ?? [])
    .map((page): Cells => ({ ...page, fingerprint: byId.get(page.incident_id)?.fingerprint }))
    .filter((page) => Object.values(COLUMNS).every((column) => page[column]));
  const bestFirst = whole.toSorted((a, b) => worth(b) - worth(a));
  const apart = [...Map.groupBy(bestFirst, (page) => page.service).values()].flatMap((group) =>
    group.slice(0, 1),
  );
  const chosen = apart.slice(0, count);
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([dimension, column]) => [
      dimension,
      [...new Set(chosen.map((page) => firstIn(String(page[column]), column)))],
    ]),
  );
}

/** A page may be of several teams; any other name is one, with a comma in it or not. */
function firstIn(text: string, column: string): string {
  const [first = ''] = column === COLUMNS.team ? text.split(', ') : [text];
  return first;
}

/** The rows of a query type of the last days, fewer than the shortest panel looks back, by column. */
async function newest(request: APIRequestContext, queryType: string): Promise<Cells[]> {
  const query = { refId: 'A', queryType, limit: 2000, datasource: { uid: 'pagebudget' } };
  const answer = await request.post('/api/ds/query', {
    data: { from: 'now-4d', to: 'now', queries: [query] },
  });
  const [frame] = (await answer.json()).results.A.frames;
  const names: string[] = frame.schema.fields.map((field: { name: string }) => field.name);
  const columns: unknown[][] = frame.data.values;
  return (columns[0] ?? []).map((_, row) =>
    Object.fromEntries(names.map((name, index) => [name, columns[index]?.[row]])),
  );
}
