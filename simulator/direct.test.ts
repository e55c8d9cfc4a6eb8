import { expect, it } from 'vitest';
import { type Direct, openDirectly } from './direct.ts';
import { askAll, askEntries, startSmall } from './testing.ts';

const UNTIL = '2026-11-16T00:00:00Z';
const WEEK = 7 * 86_400_000;

function open(): Direct {
  return openDirectly({ seed: 1, size: 'small', until: Date.parse(UNTIL) });
}

it('an account read directly is the one that HTTP shows, row by row', async () => {
  const simulator = await startSmall({ until: UNTIL });
  simulator.control({ rateLimit: 1_000_000, order: 'ascending' });
  const direct = open();
  const windows = [...direct.windows(WEEK)];
  const since = Date.parse(UNTIL) - WEEK;
  const own = windows.flatMap(({ log_entries }) => log_entries as { created_at: string }[]);
  const read = await askEntries<{ created_at: string }>(
    simulator,
    new Date(since).toISOString(),
    7,
    '&include[]=incidents',
  );
  expect(read).toEqual(own.filter(({ created_at }) => Date.parse(created_at) >= since && created_at < UNTIL));
  const incidents = windows.flatMap((window) => window.incidents);
  expect(await askAll(simulator, '/incidents?date_range=all', 'incidents')).toEqual(incidents);
  expect(direct.list('/services?include[]=teams', 'services')).toEqual(
    await askAll(simulator, '/services?include[]=teams', 'services'),
  );
  await simulator.stop();
});

it('what HTTP refuses is refused', () => {
  expect(() => open().ask('/users/PNOWHERE')).toThrow('User Not Found');
  expect(() => open().ask('/nowhere')).toThrow('Not Found');
});
