import type { ClientBase } from 'pg';
import { sql } from '../../sql/statement.ts';
import { run } from './rows.ts';

/** First halves of our advisory locks; the second is a hash of the schema's name. */
const WRITING = 0x70616701;
const MIGRATION = 0x70616702;

/** Takes for this session the right to write to a schema; false where another session has it. */
export async function claimWriting(client: ClientBase, schema: string): Promise<boolean> {
  const { rows } = await run(
    client,
    sql`SELECT pg_try_advisory_lock(CAST(${WRITING} AS integer), hashtext(${schema})) AS "ours"`,
  );
  return rows[0]?.ours === true;
}

/** Waits until no other transaction brings the schema up to date. */
export async function lockMigration(client: ClientBase, schema: string): Promise<void> {
  await run(client, sql`SELECT pg_advisory_xact_lock(CAST(${MIGRATION} AS integer), hashtext(${schema}))`);
}
