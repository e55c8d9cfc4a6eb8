import type { Readable, Writable } from 'node:stream';

/** A message with a body, as it goes through a pipe: a line of JSON, then the body's bytes. */
export interface Frame<Head> {
  head: Head;
  body: Buffer;
}

const LINE_END = 10;

/** Writes a message into a pipe. */
export function writeFrame(pipe: Writable, head: object, body: string): void {
  const bytes = Buffer.from(body);
  pipe.write(`${JSON.stringify({ ...head, length: bytes.length })}\n`);
  pipe.write(bytes);
}

/** Reads messages out of a pipe as they come. */
export async function* readFrames<Head>(pipe: Readable): AsyncGenerator<Frame<Head>> {
  const read = pieces(pipe);
  for (;;) {
    const line = await read((bytes) => bytes.indexOf(LINE_END) + 1);
    if (line === null) return;
    const head = JSON.parse(line.toString()) as Head & { length: number };
    const body = await read((bytes) => (bytes.length >= head.length ? head.length : 0), head.length);
    if (body === null) return;
    yield { head, body };
  }
}

/** Cuts what comes into pieces: `end` tells how long the next one is, 0 as long as it is not whole; null at the end. */
function pieces(pipe: Readable) {
  const source = pipe[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held = Buffer.alloc(0);
  return async (end: (bytes: Buffer) => number, least = 0): Promise<Buffer | null> => {
    for (;;) {
      const length = end(held);
      if (length > 0) {
        const piece = held.subarray(0, length);
        held = held.subarray(length);
        return piece;
      }
      const more = await gather(source, Math.max(1, least - held.length));
      if (more.length === 0) return null;
      held = Buffer.concat([held, ...more]);
    }
  };
}

async function gather(source: AsyncIterator<Buffer>, least: number): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  for (let size = 0; size < least; ) {
    const { value, done } = await source.next();
    if (done) return parts;
    parts.push(value);
    size += value.length;
  }
  return parts;
}
