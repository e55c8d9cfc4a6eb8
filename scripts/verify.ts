import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROOFS, type Proof, type Verdict } from '../proof/verdict.ts';

/** Runs every long proof, prints what came of it and writes it to docs/verify.md; exit code 1 where one does not hold. */
const REPORT = join(import.meta.dirname, '../docs/verify.md');

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-verify-'));
const sections: string[] = [];
let holds = true;
for (const proof of PROOFS) {
  const began = performance.now();
  const verdict = await attempt(proof);
  const took = Math.round((performance.now() - began) / 1000);
  const section = `## ${verdict.holds ? 'Holds' : 'FAILS'}: ${proof.title}\n\n${verdict.lines.map(item).join('\n')}\n- took ${took} s\n`;
  console.log(section);
  sections.push(section);
  holds &&= verdict.holds;
}
rmSync(folder, { recursive: true, force: true });
writeFileSync(REPORT, `${heading()}\n${sections.join('\n')}`);
process.exitCode = holds ? 0 : 1;

async function attempt({ run }: Proof): Promise<Verdict> {
  try {
    return await run(folder);
  } catch (error) {
    return { holds: false, lines: [error instanceof Error ? error.message : String(error)] };
  }
}

function heading(): string {
  const date = new Date().toISOString().slice(0, 10);
  return `# The long proofs\n\nWritten by \`npm run verify\` on ${date}, at commit ${commit()}, with Node ${process.versions.node}.\n`;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--', ':!docs/verify.md') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`;
  } catch {
    return 'unknown';
  }
}

function item(line: string): string {
  return line.startsWith('  ') ? `  - \`${line.trim()}\`` : `- ${line}`;
}
