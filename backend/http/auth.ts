import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { AppError } from '../errors.ts';

/** Lets only requests with the bearer token pass; with a null token (loopback only) all do. Throws AppError `unauthorized`. */
export function requireToken(token: string | null): RequestHandler {
  return (request, _response, next) => {
    if (token === null) return next();
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given !== undefined && same(given, token)) return next();
    const fault = given === undefined ? 'carries no bearer token' : 'carries another token';
    throw new AppError(
      'unauthorized',
      `The request ${fault}: set the data source's token to the backend's PAGEBUDGET_TOKEN.`,
    );
  };
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
