import { type Clock, DAY, MINUTE } from '../clock.ts';
import type { RowOf } from '../model/index.ts';
import type { Client } from '../pagerduty/client.ts';
import { instant, sql } from '../sql/statement.ts';
import type { Reader, Row } from '../store/store.ts';

type Line = RowOf<'request_ledger'>;

const FIGURES = ['requests', 'refused', 'retried', 'rows', 'bytes', 'seconds'] as const;

type Figures = Pick<Line, (typeof FIGURES)[number]>;

const NONE: Figures = { requests: 0, refused: 0, retried: 0, rows: 0, bytes: 0, seconds: 0 };

/** Brings the client's counts, which begin with the process, to days that outlive it. */
export interface RequestBook {
  /** The lines that changed since they were last asked for, at most once a minute; they go into a commit that is made anyway. */
  due(): Line[];
}

/** Opens the book at what the store holds of today. */
export async function openRequestBook(reader: Reader, client: Client, clock: Clock): Promise<RequestBook> {
  const dayOf = () => Math.floor(clock.now() / DAY) * DAY;
  let day = dayOf();
  const stored = await reader.read<Line & Row>(
    sql`SELECT * FROM "request_ledger" WHERE "day" = ${instant(day)}`,
  );
  let before = new Map<string, Figures>(stored.map((line) => [keyOf(line), line]));
  let written = new Map<string, Figures>(before);
  let askedAt = Number.NEGATIVE_INFINITY;

  /** What each line of the day holds: what the store had, and what the client counted since it was opened or the day began. */
  let counted = figuresOf(client);
  const lines = (): Line[] =>
    client.requests().byEndpoint.map((count) => {
      const key = keyOf(count);
      const since = minus(count, counted.get(key) ?? NONE);
      return { day, endpoint: count.endpoint, cause: count.cause, ...plus(before.get(key) ?? NONE, since) };
    });

  return {
    due() {
      if (clock.now() - askedAt < MINUTE && dayOf() === day) return [];
      askedAt = clock.now();
      const changed = lines().filter((line) => !same(line, written.get(keyOf(line)) ?? NONE));
      for (const line of changed) written.set(keyOf(line), line);
      if (dayOf() === day) return changed;
      day = dayOf();
      before = new Map();
      written = new Map();
      counted = figuresOf(client);
      return changed;
    },
  };
}

function figuresOf(client: Client): Map<string, Figures> {
  return new Map(client.requests().byEndpoint.map((count) => [keyOf(count), count]));
}

function same(a: Figures, b: Figures): boolean {
  return FIGURES.every((figure) => a[figure] === b[figure]);
}

function keyOf({ endpoint, cause }: { endpoint: string; cause: string }): string {
  return `${endpoint} ${cause}`;
}

function plus(a: Figures, b: Figures): Figures {
  return combined(a, b, (x, y) => x + y);
}

function minus(a: Figures, b: Figures): Figures {
  return combined(a, b, (x, y) => x - y);
}

function combined(a: Figures, b: Figures, combine: (x: number, y: number) => number): Figures {
  return Object.fromEntries(
    FIGURES.map((figure) => [figure, combine(a[figure], b[figure])]),
  ) as unknown as Figures;
}
