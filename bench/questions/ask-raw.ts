import { startChild } from './child.ts';
import type { Asked } from './panels.ts';
import { post } from './post.ts';
import { rawOf } from './raw.ts';

/** Once a question has taken so many milliseconds of raw rows, it is asked no more. */
const LONG_ENOUGH = 10_000;

/** How long each question takes of raw rows in plain SQL (ms, by name), asked up to `rounds` times with its end moved by `step` ms each time; those that raw rows do not tell are left out. */
export async function askRaw(
  store: string,
  asked: readonly Asked[],
  { rounds, step }: { rounds: number; step: number },
): Promise<Map<string, number[]>> {
  const { give, stop } = await startChild('raw-server.ts', store);
  try {
    const { url, until } = (await give('about')) as { url: string; until: number };
    const all = new Map<string, number[]>();
    for (const question of asked.filter((one) => rawOf(one, until))) {
      const times: number[] = [];
      for (let n = 1; n <= rounds && sum(times) < LONG_ENOUGH; n++) {
        const { took } = await post(url, { asked: question, to: until - n * step });
        times.push(took);
      }
      all.set(question.name, times);
    }
    return all;
  } finally {
    await stop();
  }
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
