import type { Connections } from './connections.ts';
import { checkpointDue } from './files.ts';

/**
 * Checkpoints after which the file is opened anew. What DuckDB keeps of the rows that it wrote grows by some 60 MB in a
 * million of them, beside the limit of its memory, and is let go only then; that takes a third of a second.
 */
const OPENED_ANEW_AFTER = 3;

/** Makes what is done after each transaction. It never fails: where a checkpoint does, the file is opened again and holds what was committed. */
export function createUpkeep(path: string, connections: Connections): () => Promise<void> {
  let checkpoints = 0;
  return async () => {
    const made = await connections.writing((writing) => checkpointDue(path, writing)).catch(() => false);
    if (!made) return;
    checkpoints += 1;
    if (checkpoints % OPENED_ANEW_AFTER === 0) connections.openAnew();
  };
}
