import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL on which databases may be made; its database `template` is migrated. */
    postgresUrl: string;
  }
}

/** The name of the migrated database that every test database is a copy of. */
export const templateName = 'vigie_template';

/** The same server, another database. */
export function databaseUrl(serverUrl: string, name: string): string {
  // Not by the URL class: an address by socket has no host, which it does not take.
  return serverUrl.replace(/^(?<server>[a-z]+:\/\/[^/]*)\/[^?]*/u, `$<server>/${name}`);
}

async function onServer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: databaseUrl(inject('postgresUrl'), 'postgres') });
  await client.connect();
  try {
    // Two copies of one template at the same moment refuse each other.
    await client.query("select pg_advisory_lock(hashtext('vigie test template'))");
    await work(client);
  } finally {
    await client.end();
  }
}

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

/** A database of its own for one test file: a copy of the migrated template, dropped at the end. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `vigie_test_${randomBytes(6).toString('hex')}`;
  await onServer((client) => client.query(`create database ${name} template ${templateName}`));
  return {
    url: databaseUrl(inject('postgresUrl'), name),
    [Symbol.asyncDispose]: () => onServer((client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}
