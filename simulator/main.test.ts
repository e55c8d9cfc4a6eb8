import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

function run(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args]);
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    said.out += text;
  });
  child.stderr.on('data', (text) => {
    said.err += text;
  });
  return { child, said };
}

it('the command serves an account, says where in one line, and stops when told to', async () => {
  const { child, said } = run(
    '--size',
    'empty',
    '--until',
    '2026-11-16T00:00:00Z',
    '--port',
    '0',
    '--token',
    'key',
  );
  await once(child.stdout, 'data');
  const url = said.out.match(/^simulated PagerDuty on (http:\/\/127\.0\.0\.1:\d+) .*\n$/)?.[1];
  const response = await fetch(`${url}/users`, { headers: { authorization: 'Token token=key' } });
  expect(response.status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('faults and settings can be on from the beginning', async () => {
  const args = ['--size', 'empty', '--port', '0', '--set', 'rateLimit=5'];
  const { child, said } = run(...args, '--fault', 'unauthorized={"after":1,"count":1}', '--fault', 'slow');
  await once(child.stdout, 'data');
  const url = said.out.match(/http:\S+/)?.[0];
  const ask = () => fetch(`${url}/users`, { headers: { authorization: 'Token token=simulated' } });
  const answers = [await ask(), await ask(), await ask()];
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 200]);
  expect(answers[0]?.headers.get('ratelimit-limit')).toBe('5');
  child.kill('SIGTERM');
  await once(child, 'exit');
});

it.each([
  [['--size', 'huge'], 'There is no size "huge"; sizes are empty, small, medium, large.'],
  [['--until', 'soon'], '--until must be an ISO 8601 time'],
  [['--account', 'nowhere.yaml'], 'nowhere.yaml cannot be read'],
  [['--port', 'http'], '--port must be a whole number'],
  [['--sed', '1'], '--sed'],
  [['--fault', 'wind'], 'there is no such fault; faults are unauthorized,'],
  [['--fault', 'slow={'], '--fault slow= must be followed by JSON'],
  [['--fault', 'slow=3'], '--fault slow= must be followed by an object'],
  [['--fault', 'slow={"second":3}'], 'second'],
  [['--set', 'rateLimits=3'], 'rateLimits'],
])('%j is refused with what would be right', async (args, message) => {
  const { child, said } = run(...args);
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said.err).toContain(message);
  expect(said.err).toContain('node simulator/main.ts');
});
