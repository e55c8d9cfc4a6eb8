import { execFileSync } from 'node:child_process';
import type { Verdict } from '../proof/part.ts';

/** One part's run, as the report tells it. */
export interface Run extends Verdict {
  name: string;
  title: string;
  /** The command line that repeats it. */
  command: string;
  seconds: number;
  /** When it ended. */
  at: Date;
  /** The commit and what differed from it, in words. */
  commit: string;
}

const INTRODUCTION = `# The long proofs

Each section is written by one part of \`npm run verify\`, and tells of its last run: \`npm run verify -- oracle kills\`
runs these two alone and replaces their sections only.
`;

/** A report with the section of a run in place of its last one; sections stand in the order of `names`. */
export function withSection(report: string, run: Run, names: readonly string[]): string {
  const sections = new Map(sectionsOf(report));
  sections.set(run.name, sectionOf(run));
  const ordered = names.flatMap((name) => sections.get(name) ?? []);
  return `${INTRODUCTION}\n${ordered.join('\n')}`;
}

/** The section of a run in Markdown. */
export function sectionOf({ name, title, holds, lines, command, seconds, at, commit }: Run): string {
  const date = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const items = lines.map((line) => (line.startsWith('  ') ? `  - \`${line.trim()}\`` : `- ${line}`));
  return [
    `## ${name}: ${holds ? 'holds' : 'FAILS'}`,
    '',
    `${title}.`,
    '',
    `\`${command}\` on ${date}, ${commit}, Node ${process.versions.node}, ${Math.round(seconds)} s.`,
    '',
    ...items,
    '',
  ].join('\n');
}

function sectionsOf(report: string): [name: string, section: string][] {
  return report.split(/^(?=## )/m).flatMap((section): [string, string][] => {
    const name = /^## ([a-z-]+): /.exec(section)?.[1];
    return name === undefined ? [] : [[name, `${section.trimEnd()}\n`]];
  });
}

/** The commit that the working tree is at, and how many files of the project's code are other than in it. */
export function commitInWords(folder: string): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--', ':!docs').split('\n').filter(Boolean).length;
    const mark = changed === 0 ? 'no changes in the tree' : `${changed} changes in the tree`;
    return `commit ${git('rev-parse', '--short', 'HEAD')}, ${mark}`;
  } catch {
    return 'commit unknown';
  }
}
