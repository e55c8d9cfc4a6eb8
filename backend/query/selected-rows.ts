import { type Statement, sql } from '../sql/statement.ts';
import type { QueryContext } from './context.ts';
import { FAMILIES, type Family } from './families.ts';
import { resolveFilters } from './filter.ts';
import type { Reading } from './newest.ts';
import type { Question } from './question.ts';
import { type Selected, type Selection, select } from './select.ts';

/** Puts the rows of a family whose instant lies in the question's range, or from a later instant on, and that pass its filters into SQL, with the tables that given columns need. */
export async function selectedRows<F extends Family>(
  family: F,
  at: keyof (typeof FAMILIES)[F]['instants'] & string,
  { question, context }: { question: Question; context: QueryContext },
): Promise<(columns: Statement, more?: Partial<Selection>) => Selected> {
  const instants: Readonly<Record<string, Selection['instant']>> = FAMILIES[family].instants;
  const instant = instants[at];
  if (!instant) throw new Error(`family ${family} has no instant ${at}`);
  const { from, to, zone } = question;
  const matchers = await resolveFilters(context.reader, question.filters, context.signal);
  const { bounds } = context;
  const selection = { family, instant, from, to, bounds, zone, hours: context.hours, matchers };
  return (columns, more = {}) => select({ ...selection, ...more }, [], columns);
}

/** How rows are read of which nothing but themselves tells whether they count. */
export function ofThemselves(
  selected: (columns: Statement, more?: Partial<Selection>) => Selected,
): Pick<Reading, 'found' | 'shown'> {
  return { found: selected(sql``), shown: (columns, from) => selected(columns, { from }) };
}
