import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client as Database } from 'pg';
import { createClient, type Client } from '#contract/client.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createLog } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { startVigie } from '../server/app/lifecycle.ts';
import { seedDesk, seedDocuments } from './seed-desk.ts';

/** A Vigie whose desk has 100,000 tickets and a million messages. */
export interface DeskServer extends AsyncDisposable {
  readonly url: string;
  readonly client: Client;
  readonly token: string;
  readonly database: Database;
}

const password = 'correct horse battery';

async function signIn(url: string, welcomePath: string | null): Promise<string> {
  const nobody = createClient({ url });
  const token = new URLSearchParams(welcomePath?.split('?')[1]).get('token');
  const mail = 'alice@vigie.test';
  const session =
    token === null
      ? await nobody.people.session.start({ mail, password })
      : await nobody.people.welcome.accept({ token, name: 'Alice', mail, password, language: 'fr' });
  return session.token;
}

async function startFilled(folder: string) {
  const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: createLog('error') });
  const database = openDatabase(postgres.url, { maxConnections: 2, onError: () => undefined });
  await migrate(database.pool);
  await database.close();
  return postgres;
}

async function seed(database: Database, url: string, say: (line: string) => void): Promise<void> {
  const { rows } = await database.query<{ count: number }>('select count(*)::integer as count from desk.ticket');
  if ((rows[0]?.count ?? 0) < 100_000) await seedDesk(database, say);
  const second = new Database({ connectionString: url });
  await second.connect();
  const forMs = Number(process.env['VIGIE_BENCH_SECONDS'] ?? 3_600) * 1_000;
  const documents = await seedDocuments([database, second], forMs);
  await second.end();
  say(`${documents} tickets have their document of the search`);
}

/** Starts it in this process, and fills it first where it is empty. With VIGIE_BENCH_DESK=<folder> it is kept there and used again. */
export async function startDeskServer(say: (line: string) => void): Promise<DeskServer> {
  await using ending = new AsyncDisposableStack();
  const kept = process.env['VIGIE_BENCH_DESK'];
  const folder = kept ?? (await mkdtemp(path.join(tmpdir(), 'vigie-bench-desk-')));
  if (kept === undefined) ending.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startFilled(folder);
  ending.defer(() => postgres.stop());
  const database = new Database({ connectionString: postgres.url });
  await database.connect();
  ending.defer(() => database.end());
  const vigie = await startVigie({
    config: {
      listen: { host: '127.0.0.1', port: 0 },
      dataFolder: folder,
      databaseUrl: postgres.url,
      publicUrl: 'http://vigie.test',
      demonstration: false,
      logLevel: 'error',
      webFolder:
        process.env['VIGIE_TEST_WEB'] ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '../web/dist'),
    },
    databaseUrl: postgres.url,
    log: createLog('error'),
    clock: systemClock,
  });
  ending.defer(() => vigie.stop());
  const token = await signIn(vigie.url, vigie.welcomePath);
  await seed(database, postgres.url, say);
  const all = ending.move();
  return {
    url: vigie.url,
    client: createClient({ url: vigie.url, token: () => token, language: () => 'fr' }),
    token,
    database,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
