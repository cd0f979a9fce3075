import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Logger, runMigrations } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';
import { ConfigFault } from './config.ts';

interface Step {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

const folder = new URL('../../db/migrations/', import.meta.url);

async function readSteps(): Promise<readonly Step[]> {
  const names = (await readdir(fileURLToPath(folder))).filter((name) => /^\d{4}-[a-z-]+\.sql$/u.test(name)).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      return { number: Number(name.slice(0, 4)), name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function newerDatabase(found: number, known: number): ConfigFault {
  return new ConfigFault({
    en: `The database was made by a newer Vigie (step ${found}; this program knows ${known}). Start that newer program, or give this one another data folder with VIGIE_DATA.`,
    fr: `La base a été faite par une version plus récente de Vigie (étape ${found} ; ce programme connaît ${known}). Lancez cette version plus récente, ou donnez à celle-ci un autre dossier avec VIGIE_DATA.`,
  });
}

function editedStep(name: string): ConfigFault {
  return new ConfigFault({
    en: `The migration ${name} differs from the one this database was made with. Migrations are never edited: restore the file, or add a new step.`,
    fr: `La migration ${name} diffère de celle qui a servi à faire cette base. Une migration ne se modifie jamais : rétablissez le fichier, ou ajoutez une étape.`,
  });
}

async function checkServer(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    "select current_setting('server_version_num')::int as version, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()",
  );
  const server = rows[0];
  if (server === undefined || server.version < 150_000) {
    const major = Math.floor((server?.version ?? 0) / 10_000);
    throw new ConfigFault({
      en: `The PostgreSQL server has version ${major}; Vigie needs 15 or later. Upgrade it, or leave VIGIE_DATABASE_URL away to use the embedded one.`,
      fr: `Le serveur PostgreSQL est en version ${major} ; il faut au moins la 15. Mettez-le à niveau, ou retirez VIGIE_DATABASE_URL pour utiliser la base intégrée.`,
    });
  }
  if (server.encoding !== 'UTF8') {
    throw new ConfigFault({
      en: `The database's encoding is ${server.encoding}; Vigie needs UTF8. Create it with: createdb --encoding=UTF8 --template=template0 NAME.`,
      fr: `L’encodage de la base est ${server.encoding} ; il faut UTF8. Créez-la ainsi : createdb --encoding=UTF8 --template=template0 NOM.`,
    });
  }
}

async function applyStep(client: PoolClient, step: Step): Promise<void> {
  await client.query('begin');
  try {
    // The number first: of two programs that start together, the second waits here and then finds it done.
    await client.query('insert into vigie_migration (number, name, hash) values ($1, $2, $3)', [
      step.number,
      step.name,
      step.hash,
    ]);
    await client.query(step.sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * Brings the database to this program's state, forward only; returns how many steps were applied.
 * @throws ConfigFault when the database is newer than the program, was made with edited steps, or cannot be used.
 */
export async function migrate(pool: Pool, onStep: (name: string) => void = () => undefined): Promise<number> {
  const steps = await readSteps();
  const client = await pool.connect();
  try {
    await checkServer(client);
    await client.query("select pg_advisory_lock(hashtext('vigie migration'))");
    await client.query(
      'create table if not exists vigie_migration (number int primary key, name text not null, hash text not null, at timestamptz not null default now())',
    );
    const { rows: done } = await client.query<{ number: number; name: string; hash: string }>(
      'select number, name, hash from vigie_migration order by number',
    );
    const last = done.at(-1)?.number ?? 0;
    const known = steps.at(-1)?.number ?? 0;
    if (last > known) throw newerDatabase(last, known);
    for (const row of done) {
      if (steps.find((step) => step.number === row.number)?.hash !== row.hash) throw editedStep(row.name);
    }
    const open = steps.filter((step) => !done.some((row) => row.number === step.number));
    for (const step of open) {
      onStep(step.name);
      await applyStep(client, step);
    }
    if (open.length > 0 || done.length === 0)
      await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) });
    return open.length;
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('vigie migration'))").catch(() => undefined);
    client.release();
  }
}
