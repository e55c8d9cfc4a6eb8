import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeProcess } from './node-process.ts';

const ROOT = join(import.meta.dirname, '..');

/** Flags with which Node waits for a debugger, on a free port, before it runs the first statement. */
export const WAIT_FOR_DEBUGGER = ['--inspect-wait=127.0.0.1:0'];

/** A statement at which a process is to stand still. */
export interface Place {
  file: string;
  /** The begin of the statement as written in the file; it must be there once. */
  statement: string;
  /** Expression over the variables in scope that must hold too. */
  when: string;
  /** How often it must have been reached. */
  hits: number;
  /** Expression over the variables in scope, whose value tells what was found there. */
  tell: string;
}

interface Message {
  id?: number;
  method?: string;
  params?: { callFrames: { callFrameId: string; functionName: string }[] };
  result?: { result?: { value?: unknown } };
  error?: { message: string };
}

/** A process that stands still at a place: nothing of it runs on but what other threads had begun. */
export interface Stopped {
  /** What the place's `tell` gave. */
  found: string;
  /** Lets it run on. */
  resume(): Promise<void>;
}

/** Attaches to a process started with WAIT_FOR_DEBUGGER, lets it run, and resolves when it stands at the place; null when `signal` is aborted before. */
export async function runTo(target: NodeProcess, place: Place, signal: AbortSignal): Promise<Stopped | null> {
  const url = await target.line((line) => /Debugger listening on (ws:\S+)/.exec(line)?.[1] ?? null);
  const { send, event } = await connect(url);
  const stopped = event('Debugger.paused');
  await send('Debugger.enable');
  await send('Debugger.setBreakpointByUrl', {
    urlRegex: `${place.file.replaceAll('.', '\\.')}$`,
    lineNumber: lineOf(place),
    condition: `(${place.when}) && (globalThis.timesHere = (globalThis.timesHere ?? 0) + 1) >= ${place.hits}`,
  });
  await send('Runtime.runIfWaitingForDebugger');
  const aborted = new Promise<null>((resolve) =>
    signal.addEventListener('abort', () => resolve(null), { once: true }),
  );
  const message = await Promise.race([stopped, aborted]);
  const frame = message?.params?.callFrames[0];
  if (!frame) return null;
  const told = await send('Debugger.evaluateOnCallFrame', {
    callFrameId: frame.callFrameId,
    expression: `String(${place.tell})`,
  });
  return {
    found: String(told.result?.result?.value ?? ''),
    resume: async () => {
      await send('Debugger.resume');
    },
  };
}

function lineOf({ file, statement }: Place): number {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  const found = lines.flatMap((line, number) => (line.trim().startsWith(statement) ? [number] : []));
  const [line] = found;
  if (line === undefined || found.length > 1)
    throw new Error(`${file} holds "${statement}" ${found.length} times, not once.`);
  return line;
}

/** A connection that speaks the protocol of Node's inspector (https://nodejs.org/api/debugger.html). */
async function connect(url: string) {
  const socket = new WebSocket(url);
  const answers = new Map<number, (message: Message) => void>();
  const events = new Map<string, (message: Message) => void>();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id === undefined) events.get(message.method ?? '')?.(message);
    else answers.get(message.id)?.(message);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error(`Nothing can be attached at ${url}.`)), {
      once: true,
    });
  });
  return {
    event: (method: string) => new Promise<Message>((resolve) => events.set(method, resolve)),
    send: (method: string, params: Record<string, unknown> = {}) =>
      new Promise<Message>((resolve, reject) => {
        last += 1;
        answers.set(last, (message) =>
          message.error ? reject(new Error(`${method}: ${message.error.message}`)) : resolve(message),
        );
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
  };
}
