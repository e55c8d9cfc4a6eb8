import { createHash } from 'node:crypto';
import { name, type Statement, sql, textOf } from '../../sql/statement.ts';
import { incidentViews } from './incidents.ts';
import { peopleViews } from './people.ts';
import { createView, type View } from './view.ts';

/** Every view that a store offers to other readers, by name; docs/sql.md tells of each column. */
export const VIEWS: Readonly<Record<string, View>> = { ...incidentViews, ...peopleViews };

/** Tells two sets of views apart. */
export const VIEWS_VERSION = createHash('sha256')
  .update(
    Object.entries(VIEWS)
      .map(([view, definition]) => textOf(createView(view, definition)))
      .join('\n'),
  )
  .digest('hex')
  .slice(0, 16);

/** Takes away the views that stand in the way: all of them where their tables go, else those whose columns change other than at the end. */
export function dropViews(stored: ReadonlyMap<string, readonly string[]>, tablesGo: boolean): Statement[] {
  return Object.entries(VIEWS).flatMap(([view, { columns }]) => {
    const now = stored.get(view);
    const next = Object.keys(columns);
    return now && (tablesGo || now.some((column, i) => column !== next[i]))
      ? [sql`DROP VIEW ${name(view)}`]
      : [];
  });
}

/** Makes every view as it is now. */
export function createViews(): Statement[] {
  return Object.entries(VIEWS).map(([view, definition]) => createView(view, definition));
}
