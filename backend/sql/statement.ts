/** A value as it crosses the store's border; instants are epoch milliseconds (UTC). */
export type Value = string | number | boolean | null;

/** SQL text in pieces with the values bound between them; only the `sql` tag makes one, so input is never text. */
export interface Statement {
  readonly parts: readonly string[];
  readonly values: readonly Value[];
}

/** Joins fixed text, statements (spliced) and values (bound) into a statement. */
export function sql(texts: TemplateStringsArray, ...inserts: (Statement | Value)[]): Statement {
  return concat([
    fixed(texts[0] ?? ''),
    ...inserts.flatMap((insert, i) => [piece(insert), fixed(texts[i + 1] ?? '')]),
  ]);
}

/** A quoted identifier; only names from the model are passed here. */
export function name(identifier: string): Statement {
  if (!/^[a-z][a-z0-9_]*$/.test(identifier)) throw new Error(`not an identifier: ${identifier}`);
  return fixed(`"${identifier}"`);
}

/** A column of an aliased table, both quoted. */
export function column(alias: string, identifier: string): Statement {
  return sql`${name(alias)}.${name(identifier)}`;
}

/** An instant as a naive UTC timestamp literal, alike on every engine. */
export function instant(ms: number): Statement {
  return fixed(`TIMESTAMP '${new Date(ms).toISOString().replace('T', ' ').replace('Z', '')}'`);
}

/** A whole number written into the text, for places where an engine takes no bound value. */
export function whole(value: number): Statement {
  if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${value}`);
  return fixed(String(value));
}

/** Statements with a separator between them; of none, the empty statement. */
export function join(
  statements: readonly Statement[],
  separator: ', ' | ' AND ' | ' UNION ALL ' | ' ',
): Statement {
  return concat(
    statements.flatMap((statement, i) => (i === 0 ? [statement] : [fixed(separator), statement])),
  );
}

/** `column IN (values)`, in the same words whatever their order; false for no values. */
export function isIn(expression: Statement, values: readonly Value[]): Statement {
  if (values.length === 0) return sql`FALSE`;
  return sql`${expression} IN (${join([...values].sort().map(bound), ', ')})`;
}

/** All conditions at once; true for none. */
export function all(conditions: readonly Statement[]): Statement {
  return conditions.length === 0 ? sql`TRUE` : sql`(${join(conditions, ' AND ')})`;
}

/** The text with numbered placeholders, as DuckDB and PostgreSQL take it. */
export function textOf(statement: Statement): string {
  return statement.parts.reduce((text, part, i) => (i === 0 ? part : `${text}$${i}${part}`), '');
}

function fixed(text: string): Statement {
  return { parts: [text], values: [] };
}

function bound(value: Value): Statement {
  return { parts: ['', ''], values: [value] };
}

function piece(insert: Statement | Value): Statement {
  return typeof insert === 'object' && insert !== null ? insert : bound(insert);
}

function concat(statements: readonly Statement[]): Statement {
  const parts = [''];
  const values: Value[] = [];
  for (const statement of statements) {
    const [head = '', ...tail] = statement.parts;
    parts[parts.length - 1] += head;
    parts.push(...tail);
    values.push(...statement.values);
  }
  return { parts, values };
}
