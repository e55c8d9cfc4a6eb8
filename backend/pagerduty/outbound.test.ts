import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOf } from './odd-server.fixture.ts';
import { createFetch } from './outbound.ts';

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-tls-'));
const closing: Server[] = [];
const connected: string[] = [];
let ca: string;
let port: number;
let proxy: string;

async function listen(server: Server): Promise<number> {
  closing.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = 'subjectAltName=DNS:api.test,IP:127.0.0.1';
  const newCertificate = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const options = ['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=api.test', '-addext', names];
  execFileSync('openssl', [...newCertificate, ...options], { stdio: 'ignore' });
  ca = readFileSync(cert, 'utf8');
  const api = createHttpsServer({ key: readFileSync(key), cert: ca }, ({ headers }, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ asked: headers.authorization }));
  });
  port = await listen(api);
  const tunnel = createHttpServer();
  tunnel.on('connect', ({ url = '' }, socket) => {
    connected.push(url);
    const out = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    out.pipe(socket).pipe(out);
    for (const end of [out, socket]) end.on('error', () => socket.destroy());
  });
  proxy = `http://127.0.0.1:${await listen(tunnel)}`;
});
afterAll(() => {
  for (const server of closing) server.close();
  rmSync(folder, { recursive: true });
});

const none = { https: null, http: null, except: '' };

it('trusts the authority of a file, and none that is not named', async () => {
  const url = `https://127.0.0.1:${port}`;
  const trusting = clientOf(url, { fetch: createFetch({ proxy: none, ca }) });
  expect(await trusting.get('/users')).toEqual({ asked: 'Token token=a-secret-key' });
  const other = clientOf(url, { fetch: createFetch({ proxy: none, ca: null }) });
  await expect(other.get('/users')).rejects.toMatchObject({
    message: expect.stringContaining('certificate'),
  });
});

it('trusts the authorities of NODE_EXTRA_CA_CERTS as well', async () => {
  const program = `
    import { createFetch } from '${join(import.meta.dirname, 'outbound.ts')}';
    const proxy = { https: null, http: null, except: '' };
    const response = await createFetch({ proxy, ca: null })('https://127.0.0.1:${port}');
    console.log(response.status);`;
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env,
  });
  expect(stdout.trim()).toBe('200');
});

it('asks through the proxy, which sees the host and nothing else', async () => {
  const viaProxy = createFetch({ proxy: { ...none, https: proxy }, ca });
  const client = clientOf('https://api.test', { fetch: viaProxy });
  expect(await client.get('/users')).toEqual({ asked: 'Token token=a-secret-key' });
  expect(connected).toEqual(['api.test:443']);
});

it('asks this machine and the hosts excepted without the proxy', async () => {
  connected.length = 0;
  const local = createFetch({ proxy: { ...none, https: proxy }, ca });
  await clientOf(`https://127.0.0.1:${port}`, { fetch: local }).get('/users');
  const excepting = createFetch({ proxy: { ...none, https: proxy, except: '.test' }, ca });
  await clientOf('https://api.test', { fetch: excepting })
    .get('/users')
    .catch(() => undefined);
  expect(connected).toEqual([]);
});
