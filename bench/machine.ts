import { cpus, totalmem } from 'node:os';

/** The command line that was measured, when (UTC), at which commit in words, and on what. */
export function measuredInWords(command: string, commit: string, at: Date): string {
  const date = at.toISOString().slice(0, 16).replace('T', ' ');
  return `\`${command}\` on ${date} UTC, ${commit}, Node ${process.versions.node}, on ${machineInWords()}.`;
}

function machineInWords(): string {
  const [first] = cpus();
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB`;
}
