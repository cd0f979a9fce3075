import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { DB } from '#db/rows.gen.ts';

/** All tables and views, by `schema.name`; generated from the migrated database. */
export type Rows = DB;

/**
 * What a module's store may see: the tables of its own schema, and the `pub_` views that others publish. Anything
 * else does not compile.
 */
export type Tables<Module extends string> = Pick<
  Rows,
  Extract<keyof Rows, `${Module}.${string}` | `${string}.pub_${string}`>
>;

/** The database as one module's store sees it: the pool, or a transaction. */
export type Database<Module extends string> = Kysely<Tables<Module>>;

export interface DatabaseParts {
  readonly kysely: Kysely<Rows>;
  readonly pool: Pool;
  readonly url: string;
  readonly close: () => Promise<void>;
}

// int8 comes as text by default; our counters and sequences stay far below 2^53.
types.setTypeParser(types.builtins.INT8, Number);

/** Opens the pool. Connections carry a bound on every statement, so that none can hang for ever. */
export function openDatabase(
  url: string,
  options: { readonly maxConnections?: number; readonly onError: (error: Error) => void },
): DatabaseParts {
  const pool = new Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    application_name: 'vigie',
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  let closing = false;
  const onError = (error: Error): void => {
    // A server that stops with us may be faster than the good-bye of an idle connection.
    if (!closing) options.onError(error);
  };
  pool.on('error', onError);
  // A connection lost while it is lent out would otherwise end the process.
  pool.on('connect', (client) => client.on('error', onError));
  const kysely = new Kysely<Rows>({ dialect: new PostgresDialect({ pool }) });
  return {
    kysely,
    pool,
    url,
    async close() {
      closing = true;
      await kysely.destroy();
      // kysely leaves a pool open through which it never asked anything itself.
      if (!pool.ended) await pool.end();
    },
  };
}

/** Narrows the whole database to one module. */
export function tablesOf<Module extends string>(database: Kysely<Rows>): Database<Module> {
  return database.$pickTables<keyof Tables<Module>>();
}
