import { AppError } from '../errors.ts';
import type { Parameters } from './exchange.ts';
import { ListTooLong, PagerDutyError } from './failure.ts';

/** A list of PagerDuty's: where it is, and under which key its rows come. */
export interface Listing {
  path: string;
  list: string;
}

/** The rows of one page that no earlier page had, as they came. */
export interface Page {
  items: unknown[];
  /** PagerDuty's clock at the answer, epoch milliseconds. */
  serverTime: number;
}

const LIMIT = 100;

/** Rows that one list can reach: offset + limit beyond it is refused (developer-docs, pagination). */
export const CAP = 10_000;

type Ask = (position: Parameters) => Promise<{ body: unknown; serverTime: number }>;

/** How often a page that holds nothing new, though there should be more, is asked for again, and a list that lacks rows. */
const AGAIN = 3;

/** Rows of a list that is not worth being read in parts. */
const FEW = 1000;

/**
 * Reads a list page by page, advancing by the rows received; the first page asks for the total, to find at once what is
 * too long, and at the end what was lost between pages: then it is read again for the rows that are lacking.
 */
export async function* readPages(listing: Listing, ask: Ask): AsyncGenerator<Page> {
  const known = new Set<string>();
  for (let tried = 0; ; tried += 1) {
    const before = known.size;
    const { counted, named } = yield* readOnce(listing, ask, known);
    if (known.size >= counted) return;
    // Rows without ids may be alike: then no reading brings more.
    if (tried >= AGAIN && !named && known.size === before) return;
    if (tried >= AGAIN) throw rowsLost(listing, counted, known.size);
  }
}

/** How many rows a list counts, and whether all that came can be told apart by ids. */
interface Whole {
  counted: number;
  named: boolean;
}

/**
 * Reads a list page by page, advancing by the rows received, and yields those that are not known yet; the first page asks
 * for the total, to find at once what is too long.
 */
async function* readOnce(listing: Listing, ask: Ask, known: Set<string>): AsyncGenerator<Page, Whole> {
  const seen = new Set<string>();
  const whole = { counted: 0, named: true };
  for (let offset = 0, stale = 0; ; ) {
    const { body, serverTime } = await ask(positionOf(offset));
    const { rows, more, total } = shapeOf(body, listing);
    if (total > CAP) throw new ListTooLong(listing.path, total);
    if (offset === 0) whole.counted = total;
    const fresh = rows.filter((row) => isNew(seen, identityOf(row)));
    stale = more && fresh.length === 0 ? stale + 1 : 0;
    if (stale > AGAIN) throw nothingNew(listing, offset, whole.counted);
    if (stale > 0) continue;
    yield { items: fresh.filter((row) => isNew(known, identityOf(row))), serverTime };
    whole.named &&= rows.every((row) => idOf(row) !== null);
    if (!more) return whole;
    offset += rows.length;
    if (offset + LIMIT > CAP) throw new ListTooLong(listing.path, null);
  }
}

function nothingNew({ path }: Listing, offset: number, counted: number): AppError {
  return changing(
    Math.max(counted, offset),
    `PagerDuty says that ${path} has more rows after row ${offset}, but sends none that are new.`,
  );
}

/** Pages cut from an order that changed meanwhile show some rows twice and others never. */
function rowsLost({ path }: Listing, counted: number, received: number): AppError {
  return changing(
    counted,
    `PagerDuty counts ${counted} rows of ${path}, but its pages showed only ${received} of them.`,
  );
}

/** The fewer pages a list has, the likelier it holds still for all of them; one of a few changes for another reason. */
function changing(rows: number, message: string): AppError {
  return rows > FEW ? new PagerDutyError('unsteady', 200, message) : new AppError('upstream', message);
}

function isNew(known: Set<string>, identity: string): boolean {
  const before = known.size;
  return known.add(identity).size > before;
}

function positionOf(offset: number): Parameters {
  const position: Parameters = [
    ['limit', String(LIMIT)],
    ['offset', String(offset)],
  ];
  return offset === 0 ? [...position, ['total', 'true']] : position;
}

function shapeOf(body: unknown, listing: Listing): { rows: unknown[]; more: boolean; total: number } {
  const answer = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const rows = answer[listing.list];
  if (!Array.isArray(rows)) {
    throw new AppError('upstream', `PagerDuty's answer to ${listing.path} has no list "${listing.list}".`);
  }
  return { rows, more: answer.more === true, total: typeof answer.total === 'number' ? answer.total : 0 };
}

/** A row's id, or all of it where PagerDuty gives none (on-calls). */
function identityOf(row: unknown): string {
  return idOf(row) ?? JSON.stringify(row);
}

function idOf(row: unknown): string | null {
  const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : null;
  return typeof id === 'string' ? id : null;
}
