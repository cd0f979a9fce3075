import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createClient, type Client } from '#contract/client.ts';
import type { Role } from '#contract/permission.ts';
import type { Language } from '#contract/words.ts';
import { systemClock, type Clock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { startVigie, type Vigie } from '../server/app/lifecycle.ts';
import { createTestDatabase } from './database.ts';

/** The people of the tests: Alice administers, Bob operates, Carol audits, Dan asks for help, Olga operates too. */
const cast = {
  alice: { name: 'Alice Martin', role: 'administrator', language: 'en' },
  bob: { name: 'Bob Tremblay', role: 'operator', language: 'fr' },
  olga: { name: 'Olga Petit', role: 'operator', language: 'en' },
  carol: { name: 'Carol Roy', role: 'auditor', language: 'en' },
  dan: { name: 'Dan Leroy', role: 'requester', language: 'fr' },
} as const satisfies Record<string, { name: string; role: Role; language: Language }>;
export type CastName = keyof typeof cast;

export const castPassword = 'correct horse battery';

export interface House extends AsyncDisposable {
  readonly vigie: Vigie;
  readonly url: string;
  readonly databaseUrl: string;
  /** A typed client signed in as each of the cast; `nobody` is not signed in. */
  readonly as: Readonly<Record<CastName | 'nobody', Client>>;
  readonly tokens: Readonly<Record<CastName, string>>;
  readonly ids: Readonly<Record<CastName, string>>;
}

export interface HouseOptions {
  readonly clock?: Clock;
  /** `debug` to see what happens inside. */
  readonly logLevel?: string;
  /** Watches its own machine, line and lateness too, as a first start does; they alarm when the tests' machine is busy. */
  readonly watchesItself?: boolean;
  /** The built screens, for tests with a browser; without it there are none. */
  readonly webFolder?: string;
}

/** Only where nothing was ever watched does a start add its own checks: a check that was removed keeps it from that. */
async function pretendFormerChecks(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("select nextval('watch.check_number_seq')");
  await client.end();
}

/** Its own line and lateness are the tests' machine's: what is in need of them is put there by the tests themselves. */
async function forgetItself(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("delete from watch.check where kind in ('own-line', 'vigie')");
  await client.end();
}

/** Boots the whole server in this process on a database of its own, with the cast signed in, on a free port. */
export async function startHouse(options: HouseOptions = {}): Promise<House> {
  await using ending = new AsyncDisposableStack();
  const database = ending.use(await createTestDatabase());
  if (options.watchesItself !== true) await pretendFormerChecks(database.url);
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-house-'));
  ending.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const vigie = ending.use(
    await startVigie({
      config: {
        listen: { host: '127.0.0.1', port: 0 },
        dataFolder,
        databaseUrl: database.url,
        publicUrl: 'http://vigie.test',
        demonstration: false,
        logLevel: 'error',
        webFolder: options.webFolder ?? path.join(dataFolder, 'no-web'),
      },
      databaseUrl: database.url,
      log: createLog(options.logLevel ?? 'error'),
      clock: options.clock ?? systemClock,
    }),
  );
  if (options.watchesItself !== true) await forgetItself(database.url);
  const client = (token?: string, language: Language = 'en'): Client =>
    createClient({ url: vigie.url, token: () => token, language: () => language });
  const nobody = client();
  const welcome = new URLSearchParams(vigie.welcomePath?.split('?')[1]).get('token') ?? '';
  const sessions = new Map<CastName, { token: string; id: string }>();
  const first = await nobody.people.welcome.accept({
    token: welcome,
    name: cast.alice.name,
    mail: 'alice@vigie.test',
    password: castPassword,
    language: 'en',
  });
  sessions.set('alice', { token: first.token, id: first.person.id });
  const alice = client(first.token);
  for (const name of ['bob', 'olga', 'carol', 'dan'] as const) {
    const { link } = await alice.people.persons.invite({ ...cast[name], mail: `${name}@vigie.test` });
    const session = await nobody.people.persons.acceptInvitation({
      token: new URL(link).searchParams.get('token') ?? '',
      password: castPassword,
    });
    sessions.set(name, { token: session.token, id: session.person.id });
  }
  const each = <Value>(
    of: (session: { token: string; id: string }, name: CastName) => Value,
  ): Record<CastName, Value> => {
    const value = (name: CastName): Value => of(sessions.get(name) ?? { token: '', id: '' }, name);
    return { alice: value('alice'), bob: value('bob'), olga: value('olga'), carol: value('carol'), dan: value('dan') };
  };
  const kept = ending.move();
  return {
    vigie,
    url: vigie.url,
    databaseUrl: database.url,
    as: { ...each(({ token }, name) => client(token, cast[name].language)), nobody },
    tokens: each(({ token }) => token),
    ids: each(({ id }) => id),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
