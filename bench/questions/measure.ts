import type { Query } from '../../backend/contract.ts';
import type { Memory } from '../load/memory.ts';
import { askRaw } from './ask-raw.ts';
import { type About, type Measured, startMeasured } from './backend.ts';
import { type Asked, panelQuestions, sent, typeQuestions } from './panels.ts';

/** Milliseconds of one question; null where it was not measured. */
export interface Row {
  name: string;
  first: number;
  warm: number;
  repeated: number;
  backfilling: number;
  raw: number | null;
}

/** Milliseconds at the median and at the 95th percentile. */
export interface Spread {
  p50: number;
  p95: number;
}

/** All that was measured of one store. */
export interface Measurement extends Omit<About, 'url'> {
  store: string;
  /** Milliseconds from the start of the process to its first answer. */
  start: number;
  rows: Row[];
  dashboards: { name: string; spread: Spread }[];
  viewers: Spread;
  memory: Memory;
}

/** How often things are asked. */
export interface Rounds {
  rounds: number;
  viewers: number;
}

const STEP = 30_000;
const PANELS = 12;
/** How often a dashboard is drawn: of twenty or fewer the 95th percentile would be the slowest. */
const DRAWN = 40;
/** How often a single question is asked under a backfill: each takes long there. */
const FEW = 3;

/** Asks one store everything: each panel and each query type, whole dashboards, and many viewers at once. */
export async function measure(
  store: string,
  { rounds, viewers }: Rounds,
  tell: (line: string) => void,
): Promise<Measurement> {
  const asked = [...panelQuestions(), ...typeQuestions()].filter(
    ({ query }) => query.queryType !== 'harvest',
  );
  tell(`${store.split(':')[0]}: raw rows`);
  const raw = await askRaw(store, asked, { rounds, step: STEP });
  const opened = await openedFirst(store);
  const began = performance.now();
  const backend = await startMeasured(store);
  try {
    await backend.ask([sent(asked[0] as Asked, backend.until)]);
    const start = performance.now() - began;
    const rows: Row[] = [];
    for (const question of asked) {
      tell(`${backend.engine}: ${question.name}`);
      const ofRaw = raw.get(question.name);
      rows.push({ ...(await rowOf(backend, question, rounds)), raw: ofRaw ? median(ofRaw) : null });
    }
    await backend.backfill();
    for (const [index, question] of asked.entries()) {
      const row = rows[index];
      if (row) row.backfilling = median(await times(backend, question, FEW, STEP));
    }
    const busy = await dashboard(backend);
    await backend.rest();
    const { url: _, ...about } = backend;
    return {
      ...about,
      store,
      start,
      rows,
      dashboards: [
        { name: `${PANELS} panels, the first that a new process is asked`, spread: spreadOf([opened]) },
        ...(await quietDashboards(backend)),
        { name: 'the same while a backfill writes', spread: spreadOf(busy) },
      ],
      viewers: spreadOf(await crowd(backend, viewers)),
      memory: await backend.memory(),
    };
  } finally {
    await backend.stop();
  }
}

async function rowOf(backend: Measured, question: Asked, rounds: number): Promise<Omit<Row, 'raw'>> {
  const at = backend.until;
  const first = await backend.ask([sent(question, at)]);
  const repeated = await backend.ask([sent(question, at)]);
  const warm = median(await times(backend, question, rounds, STEP));
  return { name: question.name, first, warm, repeated, backfilling: Number.NaN };
}

/** A question asked again and again, its range moved on each time. */
async function times(backend: Measured, question: Asked, rounds: number, step: number): Promise<number[]> {
  const all: number[] = [];
  for (let n = 1; n <= rounds; n++) all.push(await backend.ask([sent(question, backend.until - n * step)]));
  return all;
}

async function quietDashboards(backend: Measured) {
  const again = await dashboard(backend, { repeat: true });
  const moved = await dashboard(backend);
  return [
    { name: `${PANELS} panels, the same again`, spread: spreadOf(again) },
    {
      name: `${PANELS} panels: range moved by 30 s, a service never asked for before, new rows arrived`,
      spread: spreadOf(moved),
    },
  ];
}

/** How long a new process takes over the first dashboard that it is asked for. */
async function openedFirst(store: string): Promise<number> {
  const backend = await startMeasured(store);
  try {
    const { until } = backend;
    return await backend.ask(dashboardPanels().map((panel, index) => sent(panel, until, `P${index}`)));
  } finally {
    await backend.stop();
  }
}

function dashboardPanels(): Asked[] {
  return panelQuestions()
    .filter(({ query }) => ['metric', 'noise', 'night', 'people'].includes(query.queryType ?? ''))
    .slice(0, PANELS);
}

let asked = 0;

/** A dashboard of 12 panels, drawn once and then, measured, again and again; unless it repeats, each time as half a minute later without another two services, after rows have arrived. */
async function dashboard(backend: Measured, { repeat = false } = {}): Promise<number[]> {
  const panels = dashboardPanels();
  const services = await servicesOf(backend);
  const all: number[] = [];
  for (let n = 0; n <= DRAWN; n++) {
    if (!repeat) await backend.arrive(3);
    asked += repeat ? 0 : 1;
    const to = backend.until + asked * STEP;
    const chosen = pairOf(services, asked);
    const queries = panels.map((panel, index) => ({
      ...withoutServices(sent(panel, to, `P${index}`), chosen),
    }));
    all.push(await backend.ask(queries));
  }
  return all.slice(1);
}

/** Two services, another pair each time. */
function pairOf(services: readonly string[], n: number): string[] {
  const next = n + 1 + Math.floor(n / services.length);
  return [n, next].flatMap((index) => services[index % services.length] ?? []);
}

function withoutServices(query: Query, services: readonly string[]): Query {
  const personal =
    query.queryType === 'night' || query.queryType === 'people' || query.metric?.includes('on_call');
  if (services.length === 0 || personal || query.metric === 'interruptions_per_100_hours') return query;
  return { ...query, filters: [{ dimension: 'service', op: '!=', values: [...services] }] };
}

async function servicesOf({ url }: Measured): Promise<string[]> {
  const response = await fetch(`${url}/values?dimension=service`);
  const { values } = (await response.json()) as { values: { id: string }[] };
  return values.map(({ id }) => id);
}

/** Many who open the same dashboard at a time, a minute after the newest row, each a few milliseconds later than the other. */
async function crowd(backend: Measured, viewers: number): Promise<number[]> {
  const panels = panelQuestions()
    .slice(0, PANELS)
    .filter(({ query }) => query.queryType !== 'harvest');
  return Promise.all(
    Array.from({ length: viewers }, (_, n) =>
      backend.ask(panels.map((panel, index) => sent(panel, backend.until + 60_000 + n * 7, `P${index}`))),
    ),
  );
}

const ranked = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

const median = (values: readonly number[]) => ranked(values, 0.5);

const spreadOf = (values: readonly number[]): Spread => ({ p50: median(values), p95: ranked(values, 0.95) });
