import { watchPlans } from '../../backend/budgets/watch.ts';
import { readConfig } from '../../backend/config.ts';
import { derive } from '../../backend/harvest/derive.ts';
import { createServing, listen } from '../../backend/http/server.ts';
import { createLog } from '../../backend/log.ts';
import { cached } from '../../backend/query/cache/cached.ts';
import { readCoverage } from '../../backend/query/coverage.ts';
import { sql } from '../../backend/sql/statement.ts';
import { openStore } from '../../backend/store/open.ts';
import { watchMemory } from '../load/memory.ts';
import { arrivalsOf } from './arrivals.ts';

/** A process of its own: a store behind the backend's HTTP, which takes in rows and tells its memory as its parent says. */
const store = await openStore(process.argv[2] ?? '');
const settings = readConfig({});
const log = createLog('warn');
const memory = watchMemory();
const reader = cached(store);
const app = createServing({
  reader,
  settings,
  plans: watchPlans('provisioning/budgets', log),
  configuration: () => 'bench',
  log,
  token: null,
  status: async () => {
    throw new Error('Nothing harvests here.');
  },
});
const { url } = await listen(app, '127.0.0.1', 0);
const { until, from } = await readCoverage(store);
const [counted] = await store.read(sql`SELECT count(*) AS "n" FROM "incident"`);
const incidents = Number(counted?.n);
const arrivals = await arrivalsOf(store, until ?? 0);
let backfilling: Promise<void> | null = null;
let goOn = false;

/** Writes rows as the harvest does: raw rows, then the facts that they touch, in one transaction. */
async function arrive(incidents: number, before = 0): Promise<void> {
  const rows = arrivals(incidents, before);
  await store.transact(async (writer) => {
    await writer.put('incident', rows.incidents);
    await writer.put('log_entry', rows.entries);
    await derive(writer, { incidents: rows.incidents.map(({ id }) => id) }, { settings, covered: null });
  });
}

async function backfill(): Promise<void> {
  for (let days = 30; goOn; days += 1) await arrive(300, days);
}

/** What an order says beside its name. */
interface Order {
  count?: number;
}

const ORDERS: Record<string, (order: Order) => Promise<unknown>> = {
  about: async () => ({
    url,
    engine: store.engine,
    incidents,
    from,
    until,
    bytes: await store.bytes(),
  }),
  arrive: ({ count = 1 }) => arrive(count),
  backfill: async () => {
    goOn = true;
    backfilling ??= backfill();
  },
  rest: async () => {
    goOn = false;
    await backfilling;
    backfilling = null;
  },
  memory: async () => memory.most(),
};

process.on('message', ({ id, order, ...more }: Order & { id: number; order: string }) => {
  void ORDERS[order]?.(more).then(
    (told) => process.send?.({ id, told }),
    (error) => process.send?.({ id, error: String(error) }),
  );
});
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
process.send?.({ id: 0, told: null });
