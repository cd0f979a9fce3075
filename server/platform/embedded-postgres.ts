import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  open,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgresBinaries } from './embedded-postgres-binaries.ts';
import { checkRoom, explainFailure, notWritable, otherMajor, secondVigie } from './embedded-postgres-faults.ts';
import { endHolders, findHolders } from './embedded-postgres-holder.ts';
import { choosePostgresOwner, giveFolder } from './embedded-postgres-owner.ts';
import { lockedExit, runUnderLock, stopProcess, waitUntilReady } from './embedded-postgres-process.ts';
import type { PostgresPlace, PostgresProcess } from './embedded-postgres-process.ts';
import { postgresSettings } from './embedded-postgres-settings.ts';
import type { Log } from './log.ts';

/** A PostgreSQL of Vigie's own, running. */
export interface EmbeddedPostgres {
  /** The database `vigie`, by a socket that only the owner and root can reach; no password. */
  readonly url: string;
  /** Resolves when PostgreSQL ended although nobody asked it to; never rejects. */
  readonly lost: Promise<void>;
  /** Stops within five seconds; a second call waits for the first. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What takes time at a start, so that the terminal can say it. */
export type EmbeddedPostgresStage = 'create' | 'stop_orphan' | 'start';

interface Options {
  /** Absolute or relative; made when missing. PostgreSQL's cluster lies in its subfolder `postgresql`. */
  readonly dataFolder: string;
  readonly onProgress?: (stage: EmbeddedPostgresStage) => void;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  readonly signal?: AbortSignal;
}

const user = 'vigie';
/** A socket's path may have 107 characters, of which `/.s.PGSQL.5432` takes 14. */
const longestSocketFolder = 90;
const roomToCreate = 200 * 1024 ** 2;
const roomToRun = 48 * 1024 ** 2;

function permissionFault(folder: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw ['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '') ? notWritable(folder) : error;
  };
}

async function choosePlace(dataFolder: string): Promise<PostgresPlace> {
  // Others may pass through but not look: PostgreSQL's own user, under root, has to reach its cluster.
  await mkdir(dataFolder, { recursive: true, mode: 0o711 }).catch(permissionFault(dataFolder));
  const folder = await realpath(dataFolder);
  const binaries = await findPostgresBinaries();
  const cluster = path.join(folder, 'postgresql');
  const owner = await choosePostgresOwner(cluster, [folder, path.join(binaries.folder, 'bin')]);
  const lockFile = path.join(folder, 'postgresql.lock');
  await (await open(lockFile, 'a', 0o600).catch(permissionFault(folder))).close();
  return { binaries, owner, cluster, lockFile };
}

async function runToEnd(
  place: PostgresPlace,
  program: string,
  words: readonly string[],
  input?: string,
): Promise<void> {
  const ran = await runUnderLock(place, program, words, input);
  const code = await ran.ended;
  if (code === lockedExit) throw secondVigie(path.dirname(place.cluster), undefined);
  if (code !== 0) throw await explainFailure(place.cluster, ran.said());
}

/** Makes the cluster beside its final place and renames it at the end, so that a half-made one is never taken for whole. */
async function createCluster(place: PostgresPlace): Promise<void> {
  const parent = path.dirname(place.cluster);
  await checkRoom(parent, roomToCreate);
  const draft = `${place.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 }).catch(permissionFault(parent));
  if (process.getuid?.() === 0) await chown(draft, place.owner.uid, place.owner.gid);
  const words = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await runToEnd(place, 'initdb', ['-D', draft, `--username=${user}`, '--auth=trust', '--no-instructions', ...words]);
  // One process without a server: the cheapest way to make the first database.
  await runToEnd(place, 'postgres', ['--single', '-D', draft, 'postgres'], `create database ${user};\n`);
  await rename(draft, place.cluster);
}

async function prepareCluster(place: PostgresPlace, onProgress: (stage: EmbeddedPostgresStage) => void): Promise<void> {
  const versionFile = path.join(place.cluster, 'PG_VERSION');
  let found = await readFile(versionFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (found === '') {
    onProgress('create');
    await createCluster(place);
    found = place.binaries.major;
  }
  if (found.trim() !== place.binaries.major) throw otherMajor(place.cluster, found.trim(), place.binaries.major);
  await giveFolder(place.cluster, place.owner);
  await checkRoom(place.cluster, roomToRun);
  const settings = path.join(place.cluster, 'postgresql.conf');
  await writeFile(settings, postgresSettings).catch(permissionFault(place.cluster));
  await chmod(settings, 0o644);
}

/** A living Vigie is left alone; what a dead one left is ended. @throws ConfigFault for the living one. */
async function clearTheWay(place: PostgresPlace, onProgress: (stage: EmbeddedPostgresStage) => void): Promise<void> {
  const holders = await findHolders(place.cluster);
  const living = holders.find(({ livingParent }) => livingParent !== undefined);
  if (living) throw secondVigie(path.dirname(place.cluster), living.livingParent);
  if (holders.length === 0) return;
  onProgress('stop_orphan');
  await endHolders(place.cluster);
}

async function startProcess(
  place: PostgresPlace,
  options: Options,
  onProgress: (stage: EmbeddedPostgresStage) => void,
): Promise<PostgresProcess> {
  // The lock's holder may be another Vigie that is still preparing, or an orphan on its way out: it is looked at again.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    options.signal?.throwIfAborted();
    const running = await runUnderLock(place, 'postgres', ['-D', place.cluster]);
    const isReady = await waitUntilReady(place, running);
    if (isReady) return running;
    await stopProcess(running);
    if ((await running.ended) !== lockedExit) throw await explainFailure(place.cluster, running.said());
    await clearTheWay(place, onProgress);
    await sleep(100);
  }
  throw secondVigie(path.dirname(place.cluster), undefined);
}

/** The folder by which a client finds the socket: the cluster, or a short link to it where its path is too long. */
async function socketFolder(cluster: string): Promise<string> {
  if (Buffer.byteLength(cluster) <= longestSocketFolder) return cluster;
  const link = path.join(await mkdtemp(path.join(tmpdir(), 'vigie-')), 's');
  await symlink(cluster, link);
  return link;
}

/**
 * Starts Vigie's own PostgreSQL on the data folder, made on the first start; recovers by itself from whatever a crash
 * left. It never outlives this process: the kernel tells it to stop.
 * @throws ConfigFault with a sentence for the terminal: a second Vigie, no room, another version, folders out of reach.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const onProgress = options.onProgress ?? (() => undefined);
  options.signal?.throwIfAborted();
  const place = await choosePlace(options.dataFolder);
  await prepareCluster(place, onProgress);
  onProgress('start');
  const running = await startProcess(place, options, onProgress);
  const folder = await socketFolder(place.cluster);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= stopProcess(running).then(async () => {
      if (folder !== place.cluster) await rm(path.dirname(folder), { recursive: true, force: true });
    });
    return stopping;
  };
  const lost = running.ended.then(async (code) => {
    if (stopping !== undefined) return new Promise<void>(() => undefined);
    options.log.error({ code, said: running.said() }, 'the embedded PostgreSQL ended by itself');
    return undefined;
  });
  if (options.signal?.aborted === true) {
    await stop();
    options.signal.throwIfAborted();
  }
  options.signal?.addEventListener('abort', () => void stop(), { once: true });
  const url = `postgresql://${user}@/${user}?host=${encodeURIComponent(folder)}`;
  return { url, lost, stop, [Symbol.asyncDispose]: stop };
}
