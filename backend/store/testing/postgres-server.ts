import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** A PostgreSQL server of the tests' own, in a temporary folder, with a role that owns one database and nothing else. */
export interface PostgresServer {
  /** `postgres://…` of that role and database. */
  url: string;
  /** The same database as the server's own superuser. */
  superuserUrl: string;
  /** Stops the server as an administrator would in a hurry, and starts it again on the same port. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';
const FAST = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
const PATIENCE = 30_000;

/** The folder of PostgreSQL's programs, the newest of Debian's or one on the PATH; null where there is none. */
export function findPostgres(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** Makes and starts a server; it keeps nothing safe from a crash of the machine. Throws where PostgreSQL is not installed. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = findPostgres();
  if (!programs) throw new Error('PostgreSQL is not installed: sh scripts/setup.sh test installs it.');
  const folder = mkdtempSync(join(tmpdir(), 'pagebudget-postgres-'));
  const owner = ownerOf(folder);
  const port = await freePort();
  const data = join(folder, 'data');
  const password = join(folder, 'password');
  writeFileSync(password, 'superuser');
  const auth = ['--auth-local=trust', '--auth-host=scram-sha-256', `--pwfile=${password}`];
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', '--username=superuser'];
  execFileSync(join(programs, 'initdb'), ['-D', data, ...auth, ...locale], { stdio: 'pipe', ...owner });

  const superuserUrl = `postgres://superuser:superuser@127.0.0.1:${port}/pagebudget`;
  const start = () => {
    const network = ['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder];
    return spawn(join(programs, 'postgres'), ['-D', data, ...network, ...FAST], {
      stdio: 'ignore',
      ...owner,
    });
  };
  let server = start();
  const killAtExit = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', killAtExit);
  await prepare(superuserUrl.replace(/pagebudget$/, 'postgres'));
  return {
    url: `postgres://pagebudget:secret%20word@127.0.0.1:${port}/pagebudget`,
    superuserUrl,
    async restart() {
      await end(server);
      server = start();
      await (await connected(superuserUrl)).end();
    },
    async stop() {
      process.off('exit', killAtExit);
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: there the folder is given to Debian's user for it. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  const owner = { uid: id('-u'), gid: id('-g') };
  chownSync(folder, owner.uid, owner.gid);
  return owner;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function prepare(url: string): Promise<void> {
  const client = await connected(url);
  await client.query(`CREATE ROLE pagebudget LOGIN PASSWORD 'secret word'`);
  await client.query('CREATE DATABASE pagebudget OWNER pagebudget');
  await client.end();
}

async function connected(connectionString: string): Promise<Client> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const client = new Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(20);
    }
  }
}

function end(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGINT');
  });
}
