import type { Notice } from '../../contract.ts';
import type { Value } from '../../sql/statement.ts';
import type { Column } from '../column.ts';
import type { Line } from '../figures.ts';
import type { Answer, TableAnswer } from '../frame.ts';
import type { View } from './view.ts';

type Cells = TableAnswer['rows'][number];

/** An answer as the viewer may see it: people renamed or left out, other personal cells replaced or emptied, and a notice that says so. */
export function answerSeen(answer: Answer, view: View): Answer {
  if (view.policy === 'names' || answer.kind === 'series') return answer;
  const personal = answer.columns.filter((column) => column.personal);
  const aboutPeople = answer.columns.some(({ person }) => person !== undefined);
  if (personal.length === 0 && !aboutPeople) return answer;
  const columns = answer.columns.flatMap((column) => columnSeen(column, view));
  const seen = (rows: readonly Cells[]) => rows.flatMap((row) => rowSeen(row, personal, view));
  const notices = [...(answer.notices ?? []), ...noticesOn(view)];
  if (answer.kind === 'table') return { ...answer, columns, rows: seen(answer.rows), notices };
  const tables = answer.tables.map((table) => ({ ...table, rows: seen(table.rows) }));
  return { ...answer, columns, tables, notices };
}

/** The lines of a metric as the viewer may see them: those of people renamed, or left out. */
export function linesSeen<L extends Pick<Line, 'ids' | 'names'>>(
  lines: readonly L[],
  by: readonly string[],
  view: View,
): L[] {
  if (view.policy === 'names') return [...lines];
  const places = by.flatMap((name, at) => (name === 'user' ? [at] : []));
  return lines.flatMap((line) =>
    places.reduce<L[]>((seen, at) => seen.flatMap((one) => lineSeen(one, at, view)), [line]),
  );
}

/** A line with the person in one place of it as they may be seen; none where they may not be. */
function lineSeen<L extends Pick<Line, 'ids' | 'names'>>(line: L, at: number, view: View): L[] {
  const id = line.ids[at] ?? null;
  if (id === null) return [line];
  const shown = view.show(String(id), String(line.names[at] ?? id));
  if (!shown) return [];
  return [{ ...line, ids: line.ids.with(at, shown.id), names: line.names.with(at, shown.name) }];
}

/** What is said where single people would be shown. */
export function noticesOn({ policy }: View): Notice[] {
  if (policy !== 'aggregates') return [];
  return [
    {
      severity: 'info',
      text: 'What concerns single people other than yourself is left out: the configuration says people: aggregates.',
    },
  ];
}

/** A column titled as the viewer may see its person, without a link to one; none where it is about somebody who may not be seen. */
function columnSeen({ link, ...column }: Column, view: View): Column[] {
  if (column.person === undefined) return [{ ...column, ...(link && !column.personal && { link }) }];
  const shown = view.show(column.person, column.title);
  return shown ? [{ ...column, title: shown.name }] : [];
}

/** A row with its people as they may be seen; none where it is about a person who may not be. */
function rowSeen(row: Cells, personal: readonly Column[], view: View): Cells[] {
  let cells: Record<string, Value> = { ...row };
  for (const { name, personal: kind } of personal) {
    if (!name.endsWith('_id')) continue;
    const id = row[name] ?? null;
    if (id === null) continue;
    const key = name.slice(0, -'_id'.length);
    const shown = view.show(String(id), String(row[key] ?? id));
    if (!shown && kind !== 'mentioned') return [];
    cells = { ...cells, [key]: shown?.name ?? null, [name]: shown?.id ?? null };
  }
  for (const { name, otherwise } of personal) {
    if (!otherwise || row[otherwise.of] === null || row[otherwise.of] === view.self) continue;
    cells[name] = row[otherwise.cell] ?? null;
  }
  return [cells];
}
