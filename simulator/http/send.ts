import type { Response } from 'express';
import type { Disturbance } from './disturbance.ts';
import type { Refused } from './faults/kind.ts';

/** A response that knows what faults do to it, once that is decided. */
export type Disturbed = Response<unknown, { disturbance?: Disturbance }>;

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a body as JSON, or what a fault leaves of it. */
export function sendJson(response: Disturbed, body: object): void {
  sendText(response, JSON.stringify(body), JSON_TYPE);
}

/** Sends what a fault answers in place of the API. */
export function sendRefused(response: Disturbed, { status, headers = {}, body }: Refused): void {
  response.status(status);
  if (body === null) {
    for (const name of response.getHeaderNames()) {
      if (name.startsWith('ratelimit-')) response.removeHeader(name);
    }
    response.end();
    return;
  }
  response.set(headers);
  if (typeof body === 'string') sendText(response, body, 'text/html');
  else sendJson(response, body);
}

/** Ends the connection without a word. */
export function hangUp({ socket }: Response): void {
  socket?.resetAndDestroy();
}

function sendText(response: Disturbed, text: string, type: string): void {
  const body = Buffer.from(text);
  const half = body.subarray(0, body.length >> 1);
  const cut = response.locals.disturbance?.cut;
  response.set('content-type', type);
  if (cut === 'broken') {
    response.set('content-length', String(body.length));
    response.write(half, () => hangUp(response));
    return;
  }
  const sent = cut === 'truncated' ? half : body;
  response.set('content-length', String(sent.length)).end(sent);
}
