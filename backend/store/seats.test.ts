import { expect, it } from 'vitest';
import { createSeats } from './seats.ts';

it('as many as there are seats go on at once, and the others in their order', async () => {
  const seats = createSeats(2);
  const went: string[] = [];
  const go = (name: string, signal?: AbortSignal) => seats.take(signal).then(() => went.push(name));
  await Promise.all([go('a'), go('b')]);
  const others = [go('c'), go('d')];
  await Promise.resolve();
  expect(went).toEqual(['a', 'b']);
  seats.give();
  seats.give();
  await Promise.all(others);
  expect(went).toEqual(['a', 'b', 'c', 'd']);
});

it('one who goes away while waiting takes no seat', async () => {
  const seats = createSeats(1);
  await seats.take();
  const leaving = new AbortController();
  const gone = seats.take(leaving.signal);
  const next = seats.take();
  leaving.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  seats.give();
  await next;
  seats.give();
  await seats.take();
});
