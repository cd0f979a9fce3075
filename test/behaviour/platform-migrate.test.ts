import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client, Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { ConfigFault } from '#platform/config.ts';
import { migrate } from '#platform/migrate.ts';
import { databaseUrl } from '../database.ts';

const name = `vigie_migrate_${randomBytes(6).toString('hex')}`;
const url = (): string => databaseUrl(inject('postgresUrl'), name);
let pool: Pool;

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl(inject('postgresUrl'), 'postgres') });
  await client.connect();
  await client.query(statement);
  await client.end();
}

beforeEach(async () => {
  await onServer(`create database ${name} encoding 'UTF8' template template0`);
  pool = new Pool({ connectionString: url(), max: 4 });
  pool.on('error', () => undefined);
});
afterEach(async () => {
  await pool.end();
  await onServer(`drop database ${name} with (force)`);
});

async function refusal(work: Promise<unknown>): Promise<ConfigFault['sentence'] | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof ConfigFault) return error.sentence;
    throw error;
  }
}

describe('bringing a database up to date', () => {
  it('applies every step once, even when two programs start together', async () => {
    const steps = (await readdir(fileURLToPath(new URL('../../db/migrations/', import.meta.url)))).length;
    const other = new Pool({ connectionString: url(), max: 4 });
    other.on('error', () => undefined);
    const applied = await Promise.all([migrate(pool), migrate(other)]);
    await other.end();
    expect(applied.toSorted((a, b) => a - b)).toEqual([0, steps]);
    expect(await migrate(pool)).toBe(0);
  });

  it('refuses a database that a newer program made, and changes nothing in it', async () => {
    await migrate(pool);
    await pool.query("insert into vigie_migration (number, name, hash) values (9000, '9000-later.sql', 'x')");
    const sentence = await refusal(migrate(pool));
    expect(sentence?.en).toMatch(/made by a newer Vigie \(step 9000;/u);
    expect(sentence?.fr).toMatch(/version plus récente/u);
    const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from vigie_migration');
    const steps = (await readdir(fileURLToPath(new URL('../../db/migrations/', import.meta.url)))).length;
    expect(rows[0]?.count).toBe(steps + 1);
  });

  it('refuses a database whose steps were edited since', async () => {
    await migrate(pool);
    await pool.query("update vigie_migration set hash = 'other' where number = 2");
    expect((await refusal(migrate(pool)))?.en).toMatch(/0002-people\.sql differs/u);
  });

  it('lets go of its lock when it refuses, so that the next start is not held', async () => {
    await migrate(pool);
    await pool.query("update vigie_migration set hash = 'other' where number = 2");
    await refusal(migrate(pool));
    // Only this database's: other tests take theirs on the same server meanwhile.
    const { rows } = await pool.query(
      `select 1 from pg_locks where locktype = 'advisory'
       and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(rows).toHaveLength(0);
  });
});

it('refuses a database in another encoding, with the line to type', async () => {
  await pool.end();
  await onServer(`drop database ${name} with (force)`);
  await onServer(`create database ${name} encoding 'LATIN1' locale 'C' template template0`);
  pool = new Pool({ connectionString: url(), max: 2 });
  expect((await refusal(migrate(pool)))?.en).toMatch(/encoding is LATIN1; Vigie needs UTF8\. .*createdb/u);
});
