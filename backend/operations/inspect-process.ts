import { messageOf } from '../errors.ts';
import { TABLES, type TableName } from '../model/index.ts';
import { name, sql } from '../sql/statement.ts';
import { openStore } from '../store/open.ts';
import { contentsOf } from './inspect.ts';

/** A process of its own: opens the file named first as a store, reads all of it and prints what it holds as JSON. */
try {
  const store = await openStore(`duckdb:${process.argv[2] ?? ''}`);
  try {
    for (const table of Object.keys(TABLES) as TableName[]) {
      // DuckDB checks the checksum of each block that it reads.
      await store.read(sql`SELECT bit_xor(hash("t")) AS "digest" FROM ${name(table)} AS "t"`);
    }
    process.stdout.write(JSON.stringify(await contentsOf(store)));
  } finally {
    await store.close();
  }
} catch (error) {
  process.stderr.write(messageOf(error));
  process.exitCode = 1;
}
