import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..');

/** A program of this repository that runs as a process of its own. */
export interface NodeProcess {
  pid: number;
  /** Resolves when it is gone. */
  ended: Promise<void>;
  /** Every line that it wrote so far, of both outputs. */
  lines: readonly string[];
  /** Resolves with the first line, earlier or later, in which `find` sees something. Rejects when the process ends before. */
  line<T>(find: (line: string) => T | null): Promise<T>;
  /** Gives it a line of standard input. */
  tell(line: string): void;
  /** Ends it as a power cut would (SIGKILL), and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to end (SIGTERM), and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts a source file of this repository on the Node that runs this one; only `env` differs from this process's environment. */
export function startNode(
  file: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; flags?: string[] } = {},
): NodeProcess {
  const child = spawn(process.execPath, [...(options.flags ?? []), join(ROOT, file), ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = () => {
    for (const look of waiting) look();
  };
  for (const output of [child.stdout, child.stderr]) {
    createInterface(output).on('line', (line) => {
      lines.push(line);
      wake();
    });
  }
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => {
      ended = true;
      wake();
      resolve();
    });
  });
  const kill = killer(child, gone);

  return {
    pid: child.pid ?? 0,
    ended: gone,
    lines,
    line: (find) =>
      new Promise((resolve, reject) => {
        let seen = 0;
        const look = () => {
          for (; seen < lines.length; seen += 1) {
            const found = find(lines[seen] ?? '');
            if (found === null) continue;
            waiting.delete(look);
            return resolve(found);
          }
          if (ended) reject(new Error(`${file} ended: ${lines.slice(-5).join('\n')}`));
        };
        waiting.add(look);
        look();
      }),
    tell: (line) => void child.stdin.write(`${line}\n`),
    kill: () => kill('SIGKILL'),
    stop: () => kill('SIGTERM'),
  };
}

function killer(child: ChildProcess, gone: Promise<void>) {
  const leaveNone = () => child.kill('SIGKILL');
  process.once('exit', leaveNone);
  void gone.then(() => process.off('exit', leaveNone));
  return (signal: NodeJS.Signals) => {
    child.kill(signal);
    return gone;
  };
}
