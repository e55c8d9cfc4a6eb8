import { measuredInWords } from '../machine.ts';
import type { Measurement, Row, Spread } from './measure.ts';

/** What was measured, as a section in Markdown for each engine. */
export function sectionsOf(all: readonly Measurement[], command: string, commit: string, at: Date): string[] {
  const engines = Object.entries(Object.groupBy(all, ({ engine }) => engine));
  return engines.map(([engine, stores = []]) =>
    sectionOf(engine, stores, measuredInWords(command, commit, at)),
  );
}

function sectionOf(engine: string, stores: readonly Measurement[], measured: string): string {
  return [
    `## Questions: ${engine}`,
    '',
    measured,
    'Milliseconds over HTTP, warm ones at the median with the range moved by 30 s each time; *raw* is the same question (its',
    'days, groups, buckets and the period before) asked of raw rows in plain SQL on the same engine, with all its cores and',
    'memory, as often (or until it has taken ten seconds) and moved alike, over HTTP as well. Pages, interruptions and hour',
    'classes are by simpler rules than ours there; empty is what raw rows do not tell.',
    '',
    ...growth(stores),
    ...stores.flatMap(storeSection),
  ].join('\n');
}

/** How the time of a question grows with the store: the largest beside the smallest. */
function growth(stores: readonly Measurement[]): string[] {
  const [small, large] = [stores.toSorted(bySize)[0], stores.toSorted(bySize).at(-1)];
  return small && large && small !== large ? [grown(small, large), ''] : [];
}

const bySize = (a: Measurement, b: Measurement) => a.incidents - b.incidents;

function grown(small: Measurement, large: Measurement): string {
  const times = (figure: 'first' | 'warm') =>
    ranked(
      small.rows.flatMap((row) => {
        const other = large.rows.find(({ name }) => name === row.name);
        return other ? [other[figure] / row[figure]] : [];
      }),
    );
  const data = (large.incidents / small.incidents).toFixed(1);
  const words = (['first', 'warm'] as const).map((figure) => {
    const { middle, all } = times(figure);
    const twice = all.filter((ratio) => ratio <= 2).length;
    return `${figure} ${middle.toFixed(1)} times at the median (at most twice for ${twice} of ${all.length} questions)`;
  });
  return `${data} times the data cost, for the same number of days, ${words.join(' and ')}.`;
}

function ranked(ratios: readonly number[]) {
  const all = ratios.toSorted((a, b) => a - b);
  return { all, middle: all[Math.floor(all.length / 2)] ?? Number.NaN, least: all[0] ?? Number.NaN };
}

function storeSection(one: Measurement): string[] {
  const faster = ranked(one.rows.flatMap(({ warm, raw }) => (raw === null ? [] : [raw / warm])));
  const slower = faster.all.filter((ratio) => ratio < 1).length;
  const days = Math.round((one.until - one.from) / 86_400_000);
  return [
    `### ${one.engine}: ${one.incidents} incidents in ${days} days, ${one.bytes === null ? 'in memory' : megabytes(one.bytes)}`,
    '',
    `- From start to the first answer: ${ms(one.start)} ms.`,
    `- Against raw rows: ${faster.middle.toFixed(1)} times as fast at the median, ${faster.least.toFixed(1)} times at the least; slower for ${slower} of ${faster.all.length}.`,
    ...one.dashboards.map(({ name, spread }) => `- ${name}: ${spreadInWords(spread)}.`),
    `- Many viewers at once, 12 panels each: ${spreadInWords(one.viewers)} until a viewer has all of it.`,
    `- Memory at most: ${megabytes(one.memory.resident)} resident.`,
    '',
    '| question | first | warm | the same again | under backfill | raw |',
    '|---|---:|---:|---:|---:|---:|',
    ...one.rows.map(lineOf),
    '',
  ];
}

function lineOf({ name, first, warm, repeated, backfilling, raw }: Row): string {
  const cells = [first, warm, repeated, backfilling, raw].map((value) => (value === null ? '' : ms(value)));
  return `| ${[name.replaceAll('|', '\\|'), ...cells].join(' | ')} |`;
}

const ms = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(value < 10 ? 1 : 0));
const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
const spreadInWords = ({ p50, p95 }: Spread) => `p50 ${ms(p50)} ms, p95 ${ms(p95)} ms`;
