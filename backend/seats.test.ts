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

it('who works alone begins when the last has left, and others wait until it is done', async () => {
  const seats = createSeats(2);
  const went: string[] = [];
  await Promise.all([seats.take(), seats.take()]);
  const alone = seats.alone(async () => {
    went.push('alone');
    await Promise.resolve();
    went.push('done');
  });
  const other = seats.one(async () => void went.push('other'));
  seats.give();
  await new Promise((resolve) => setImmediate(resolve));
  expect(went).not.toContain('alone');
  seats.give();
  await Promise.all([alone, other]);
  expect(went.indexOf('done')).toBe(went.indexOf('alone') + 1);
  await Promise.all([seats.take(), seats.take()]);
});

it('one who goes away before working alone leaves all seats free', async () => {
  const seats = createSeats(2);
  await seats.take();
  const leaving = new AbortController();
  const gone = seats.alone(async () => undefined, leaving.signal);
  await new Promise((resolve) => setImmediate(resolve));
  leaving.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  seats.give();
  await Promise.all([seats.take(), seats.take()]);
});
