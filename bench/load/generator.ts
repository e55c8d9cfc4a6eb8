import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { makeTimeline } from '../../simulator/account/timeline.ts';
import { answerTo } from '../../simulator/http/answer.ts';
import { ApiError } from '../../simulator/http/api-error.ts';
import { defaultSettings } from '../../simulator/http/settings.ts';
import { waysOf } from '../../simulator/http/ways.ts';
import { modelOfSize, readModel, type Size } from '../../simulator/model/read.ts';
import { writeFrame } from './frames.ts';

/** What a request through the pipe is answered with. */
export interface Answered {
  id: number;
  status: number;
  /** The account's now, epoch milliseconds. */
  now: number;
  /** Seconds that this process took to make answers so far. */
  busy: number;
}

/** A simulated account as a process: requests come in as lines of JSON, bodies go out as frames. Pages are made before they are asked for. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: 'small' },
    account: { type: 'string' },
    until: { type: 'string', default: '' },
  },
});
const now = Date.parse(values.until);
const seed = Number(values.seed);
const model = values.account === undefined ? modelOfSize(values.size as Size) : readModel(values.account);
const timeline = makeTimeline({ seed, model, until: now, liveRate: 0 });
timeline.advance(now);
const ways = waysOf(defaultSettings('unused', seed));
const AHEAD = 32;
const ready = new Map<string, { status: number; body: string }>();
let busy = 0;

createInterface(process.stdin).on('line', (line) => {
  const { id, url } = JSON.parse(line) as { id: number; url: string };
  const { status, body } = ready.get(url) ?? make(url);
  ready.delete(url);
  writeFrame(process.stdout, { id, status, now, busy } satisfies Answered, body);
  const next = following(url, body);
  if (next) setImmediate(() => prepare(next));
});

function prepare(url: string): void {
  if (ready.has(url)) return;
  ready.set(url, make(url));
  if (ready.size > AHEAD) ready.delete(ready.keys().next().value as string);
}

function make(url: string): { status: number; body: string } {
  const began = performance.now();
  try {
    const body = answerTo(new URL(url), { timeline, ways, now, arrivals: now });
    return { status: 200, body: JSON.stringify(body) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: JSON.stringify(error.body()) };
  } finally {
    busy += (performance.now() - began) / 1000;
  }
}

/** The address of the page after one, if there is any. */
function following(url: string, body: string): string | null {
  if (!body.endsWith('"more":true}')) return null;
  return url
    .replace(/([?&]offset=)(\d+)/, (_, name: string, offset: string) => `${name}${Number(offset) + 100}`)
    .replace('&total=true', '');
}
