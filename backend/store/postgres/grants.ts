import type { ClientBase } from 'pg';
import { sql } from '../../sql/statement.ts';
import { run } from './rows.ts';

/** Notes, for this transaction, what other roles may do with our views; making a view anew would forget it. */
export async function noteGrants(client: ClientBase): Promise<void> {
  await run(
    client,
    sql`CREATE TEMP TABLE "kept_grants" ON COMMIT DROP AS SELECT format('GRANT %s ON %I TO %s', "privilege_type", "table_name", CASE WHEN "grantee" = 'PUBLIC' THEN 'PUBLIC' ELSE quote_ident("grantee") END) AS "statement" FROM information_schema.table_privileges WHERE "table_schema" = current_schema() AND "table_name" LIKE 'pagebudget\\_%' AND "grantee" <> current_user`,
  );
}

/** Grants again what was noted. */
export async function grantAgain(client: ClientBase): Promise<void> {
  await run(
    client,
    sql`DO $$ DECLARE "kept" record; BEGIN FOR "kept" IN SELECT "statement" FROM "kept_grants" LOOP EXECUTE "kept"."statement"; END LOOP; END $$`,
  );
}
