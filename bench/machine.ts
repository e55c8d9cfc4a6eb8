import { cpus, totalmem } from 'node:os';

/** The machine that measures, in words. */
export function machineInWords(): string {
  const [first] = cpus();
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB`;
}
