import { createHttp } from '#platform/http.ts';
import { systemClock, type Clock } from '#platform/clock.ts';
import { ConfigFault, type Config } from '#platform/config.ts';
import { openDatabase } from '#platform/database.ts';
import { startJobs } from '#platform/jobs.ts';
import { openLiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { createVault, loadVaultKey } from '#platform/vault.ts';
import { Ssh2Transport } from '#ssh/ssh2-transport.ts';
import type { SshTransport } from '#ssh/transport.ts';
import type { House } from './house.ts';
import { createModules, type Modules } from './modules.ts';
import { createPages } from './pages.ts';
import { createReactions } from './reactions.ts';
import { reckonBeside } from './reckon-beside.ts';
import { createApiRoutes } from './routes.ts';
import type { WatchBeside } from './watch-beside.ts';

/** A running Vigie. */
export interface Vigie extends AsyncDisposable {
  /** Where it listens, such as `http://127.0.0.1:7700`. */
  readonly url: string;
  /** The path and query of the first administrator's one-time link, or null when somebody exists. */
  readonly welcomePath: string | null;
  readonly modules: Modules;
  /** Stops everything, in the reverse of the order in which it was started. */
  readonly stop: () => Promise<void>;
}

/** What turns a Vigie into the demonstration; see server/demo. */
export interface Demonstration {
  readonly inventedRun: NonNullable<House['inventedRun']>;
  readonly ssh: (real: SshTransport) => SshTransport;
  readonly scanHostKeys: NonNullable<House['scanHostKeys']>;
  /** Invents the company's past in an empty database, before anything runs. */
  readonly prepare: (house: House) => Promise<void>;
}

interface Parts {
  readonly config: Config;
  /** The database to use: the external one, or the embedded one that was started before. */
  readonly databaseUrl: string;
  readonly log: Log;
  readonly clock?: Clock;
  readonly demonstration?: Demonstration;
  /** The thread that watches. Without one this one does: an invented company exists in one thread only. */
  readonly beside?: WatchBeside | null;
  readonly onProgress?: (what: string) => void;
}

function portTaken(host: string, port: number): ConfigFault {
  return new ConfigFault({
    en: `Port ${port} on ${host} is taken by another program. Stop it, or choose another port: VIGIE_LISTEN=${host}:${port + 1} npm start`,
    fr: `Le port ${port} de ${host} est pris par un autre programme. Arrêtez-le, ou choisissez un autre port : VIGIE_LISTEN=${host}:${port + 1} npm start`,
  });
}

/** What is to be stopped, last started first. Each stop has its bound, so that one that hangs does not hold the others. */
function stopper(log: Log): { add: (name: string, stop: () => Promise<unknown>) => void; stop: () => Promise<void> } {
  const stops: { name: string; stop: () => Promise<unknown> }[] = [];
  let stopping: Promise<void> | null = null;
  const all = async (): Promise<void> => {
    for (const { name, stop } of stops.toReversed()) {
      const late = new Promise((resolve) => setTimeout(resolve, 1_500, 'late').unref());
      const end = await Promise.race([
        stop().catch((error: unknown) => log.error({ name, error }, 'could not stop cleanly')),
        late,
      ]);
      if (end === 'late') log.warn({ name }, 'took too long to stop');
    }
  };
  return { add: (name, stop) => void stops.push({ name, stop }), stop: () => (stopping ??= all()) };
}

function inventedParts(demonstration: Demonstration | undefined): Pick<House, 'inventedRun' | 'scanHostKeys'> {
  if (demonstration === undefined) return {};
  const { inventedRun, scanHostKeys } = demonstration;
  return { inventedRun, scanHostKeys };
}

/** What is reckoned in a thread of its own. */
function besideParts(
  beside: boolean,
  add: (name: string, stop: () => Promise<unknown>) => void,
): Pick<House, 'reckonBeside'> {
  if (!beside) return {};
  const { reckon, stop } = reckonBeside();
  add('reckoning', stop);
  return { reckonBeside: reckon };
}

/** Starts what happens without being asked: reactions, duties, and the watch when it has no thread of its own. */
async function startWork({
  house,
  modules,
  beside,
  add,
}: {
  readonly house: House;
  readonly modules: Modules;
  readonly beside: boolean;
  readonly add: (name: string, stop: () => Promise<unknown>) => void;
}): Promise<void> {
  const { database, clock, log } = house;
  const jobs = await startJobs({
    database,
    clock,
    log,
    reactions: createReactions(modules),
    chores: {},
    duties: [
      ...modules.people.duties,
      ...modules.upkeep.duties,
      ...modules.watch.duties,
      ...(beside ? [] : [modules.watch.watching]),
      ...modules.desk.duties,
      ...modules.notify.duties,
      ...modules.advice.duties,
      ...modules.logbook.duties,
    ],
  });
  add('jobs', jobs.stop);
}

/** Starts all of Vigie on a database; on failure, what had been started is stopped again. */
export async function startVigie({
  config,
  databaseUrl,
  log,
  clock = systemClock,
  demonstration,
  beside = null,
  onProgress = () => undefined,
}: Parts): Promise<Vigie> {
  const ending = stopper(log);
  try {
    const database = openDatabase(databaseUrl, {
      onError: (error) => log.warn({ error: error.message }, 'a database connection was lost'),
    });
    ending.add('database', database.close);
    await migrate(database.pool, onProgress);
    const vault = createVault(await loadVaultKey(config.dataFolder));
    if (beside !== null) {
      // What is watched waits for nothing that only readers need.
      beside.begin(databaseUrl);
      ending.add('watch', beside.stop);
    }
    const live = await openLiveLine({ url: databaseUrl, pool: database.pool, clock, log });
    ending.add('live line', live.stop);
    const ssh = demonstration?.ssh(new Ssh2Transport()) ?? new Ssh2Transport();
    ending.add('ssh', async () => ssh[Symbol.asyncDispose]());
    const house: House = {
      config,
      database,
      clock,
      log,
      vault,
      live,
      ssh,
      ...inventedParts(demonstration),
      ...besideParts(beside !== null, ending.add),
    };
    const modules = createModules(house);
    await modules.watch.watchThisMachine();
    await demonstration?.prepare(house);
    await startWork({ house, modules, beside: beside !== null, add: ending.add });
    const server = await createHttp({
      log,
      publicUrl: config.publicUrl,
      webFolder: config.webFolder,
      routes: createApiRoutes(house, modules),
      identify: modules.people.identify,
      pages: createPages(house, modules),
    });
    ending.add('http', () => server.close());
    const url = await server.listen({ host: config.listen.host, port: config.listen.port }).catch((error: unknown) => {
      throw error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
        ? portTaken(config.listen.host, config.listen.port)
        : error;
    });
    const token = await modules.people.offerWelcome();
    return {
      url,
      welcomePath: token === null ? null : `/welcome?token=${token}`,
      modules,
      stop: ending.stop,
      [Symbol.asyncDispose]: ending.stop,
    };
  } catch (error) {
    await ending.stop();
    throw error;
  }
}
