import { Client } from 'pg';
import { inject } from 'vitest';
import { postgresTarget } from '../postgres/target.ts';

/** Runs statements as the server's superuser. */
export async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: inject('postgresSuperuser') });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The one text that a store's own role is answered with. */
export async function answerTo(url: string, question: string): Promise<string> {
  const client = new Client(postgresTarget(url.replace('postgres:', '')).client);
  await client.connect();
  const { rows } = await client.query({ text: question, rowMode: 'array' });
  await client.end();
  return String(rows[0]?.[0]);
}
