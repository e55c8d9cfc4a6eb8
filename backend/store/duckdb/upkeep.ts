import type { Connections } from './connections.ts';
import { checkpointDue } from './files.ts';

/**
 * Makes what is done after each transaction: a checkpoint where one is due, after which the file is opened anew. What
 * DuckDB keeps of the rows that it wrote grows by some 60 MB in a million of them, beside the limit of its memory, and is
 * let go only then; that takes a third of a second. It never fails: where a checkpoint does, the file is opened again and
 * holds what was committed.
 */
export function createUpkeep(path: string, connections: Connections): () => Promise<void> {
  return async () => {
    const made = await connections.writing((writing) => checkpointDue(path, writing)).catch(() => false);
    if (made) connections.openAnew();
  };
}
