import { measuredInWords } from '../machine.ts';
import type { Measurement, Row, Spread } from './measure.ts';

/** What was measured, as a section in Markdown. */
export function sectionOf(all: readonly Measurement[], command: string, commit: string, at: Date): string {
  return [
    '## Questions',
    '',
    measuredInWords(command, commit, at),
    'Milliseconds over HTTP, warm ones at the median with the range moved by 30 s each time; *raw* is the same metric by',
    'day and service asked of raw rows in plain SQL on the same engine, without HTTP, the best of three (pages and',
    'interruptions by a simpler rule than ours; empty where plain SQL does not tell the metric).',
    '',
    ...all.flatMap(storeSection),
  ].join('\n');
}

function storeSection(one: Measurement): string[] {
  const faster = one.rows
    .flatMap(({ warm, raw }) => (raw === null ? [] : [raw / warm]))
    .toSorted((a, b) => a - b);
  const middle = faster[Math.floor(faster.length / 2)];
  const days = Math.round((one.until - one.from) / 86_400_000);
  return [
    `### ${one.engine}, ${days} days, ${one.bytes === null ? 'in memory' : megabytes(one.bytes)}`,
    '',
    `- From start to the first answer: ${ms(one.start)} ms.`,
    `- Against raw rows: ${middle === undefined ? 'not measured' : `${middle.toFixed(1)} times as fast at the median, ${(faster[0] ?? 0).toFixed(1)} times at the least`}.`,
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
