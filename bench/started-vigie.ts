import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, type Client } from '#contract/client.ts';
import { systemClock, type Clock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { startVigie } from '../server/app/lifecycle.ts';
import { startOwnPostgres } from '../test/own-postgres.ts';

/** A whole server in this process with a database of its own, and its administrator signed in. */
export interface StartedVigie extends AsyncDisposable {
  readonly client: Client;
  readonly databaseUrl: string;
}

/** Starts it on a free port; ends with everything it made. */
export async function startedVigie(clock: Clock = systemClock): Promise<StartedVigie> {
  await using ending = new AsyncDisposableStack();
  const postgres = ending.use(await startOwnPostgres());
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-bench-'));
  ending.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const vigie = ending.use(
    await startVigie({
      config: {
        listen: { host: '127.0.0.1', port: 0 },
        dataFolder,
        databaseUrl: postgres.url,
        publicUrl: 'http://vigie.test',
        demonstration: false,
        logLevel: 'error',
        webFolder: path.join(dataFolder, 'no-web'),
      },
      databaseUrl: postgres.url,
      log: createLog('error'),
      clock,
    }),
  );
  const token = new URLSearchParams(vigie.welcomePath?.split('?')[1]).get('token') ?? '';
  const session = await createClient({ url: vigie.url }).people.welcome.accept({
    token,
    name: 'Alice',
    mail: 'alice@vigie.test',
    password: 'correct horse battery',
    language: 'fr',
  });
  const client = createClient({ url: vigie.url, token: () => session.token, language: () => 'fr' });
  const kept = ending.move();
  return { client, databaseUrl: postgres.url, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
