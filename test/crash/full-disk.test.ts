import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '#ssh/testing/loopback-sshd.ts';
import { createClient, refusalOf, type Client } from '#contract/client.ts';
import { compileCache } from '../compile-cache.ts';
import { portOf } from '../free-port.ts';
import { castPassword } from '../house.ts';
import { until } from '../until.ts';

const isRoot = process.getuid?.() === 0;
const checks = 10;

let folder: string;
let server: ReturnType<typeof spawn>;
let said = '';
let alice: Client;
const ids: string[] = [];
const door = createServer((socket) => socket.end());

const fill = (): string => path.join(folder, 'fill');

/** Takes all the room there is, as another program on the same disk would. */
async function takeAllRoom(): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  await writeFile(fill(), Buffer.alloc(bavail * bsize)).catch(() => undefined);
}

const runsOf = async (id: string) => (await alice.watch.checks.results({ id, limit: 200 })).items;

async function start(): Promise<string> {
  const port = await freePort();
  server = spawn(process.execPath, [fileURLToPath(new URL('../../server/main.ts', import.meta.url)), 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      NODE_COMPILE_CACHE: compileCache,
      VIGIE_DATA: path.join(folder, 'data'),
      VIGIE_LISTEN: `127.0.0.1:${port}`,
      VIGIE_LOG: 'warn',
    },
  });
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (part: Buffer) => (said += part.toString()));
  await until(async () => said.includes('Press Ctrl-C to stop'), 90_000);
  return `http://127.0.0.1:${port}`;
}

describe.skipIf(!isRoot)('a disk that fills up while Vigie works', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vigie-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=420m', 'tmpfs', folder]);
    await chmod(folder, 0o755);
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const url = await start();
    const { token } = await createClient({ url }).people.welcome.accept({
      token: /welcome\?token=(?<token>\S+)/u.exec(said)?.groups?.['token'] ?? '',
      name: 'Alice',
      mail: 'alice@vigie.test',
      password: castPassword,
      language: 'en',
    });
    alice = createClient({ url, token: () => token });
    const host = await alice.estate.hosts.create({ name: 'here', address: '127.0.0.1' });
    for (let index = 0; index < checks; index += 1) {
      const target = { kind: 'host', id: host.id } as const;
      const settings = { port: portOf(door.address()) };
      const { id } = await alice.watch.checks.create({
        name: `c${index}`,
        kind: 'tcp',
        target,
        settings,
        intervalSeconds: 1,
      });
      ids.push(id);
    }
  }, 150_000);
  afterAll(async () => {
    if (server !== undefined && server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    door.close();
    execFileSync('umount', ['-l', folder]);
    await rm(folder, { recursive: true, force: true });
  }, 30_000);

  test('is named where something was to be stored, and nothing is stored by halves', async () => {
    const [first = ''] = ids;
    await until(async () => (await runsOf(first)).length > 5, 60_000);
    await takeAllRoom();
    // Pages that have room take some more; then each is refused with the reason, and is not there.
    const stored = new Set<string>();
    const refused: string[] = [];
    for (let turn = 0; turn < 400 && refused.length < 3; turn += 1) {
      const name = `n${turn}`;
      try {
        await alice.estate.hosts.create({ name, address: `${name}.invalid`, note: 'x'.repeat(3_000) });
        stored.add(name);
      } catch (error) {
        refused.push(refusalOf(error)?.code ?? String(error));
      }
    }
    expect(refused).toEqual(['storage_full', 'storage_full', 'storage_full']);
    const there = (await alice.estate.hosts.list({ limit: 500 })).items.map(({ name }) => name);
    expect(there.filter((name) => /^n\d/u.test(name)).toSorted()).toEqual([...stored].toSorted());
    await until(async () => said.includes('results could not be stored; they are kept and tried again'), 60_000);
  });

  test('costs no measurement, and all goes on once there is room', async () => {
    await rm(fill());
    const { name } = await alice.estate.hosts.create({ name: 'after', address: 'after.invalid' });
    expect(name).toBe('after');
    const now = Date.now();
    for (const id of ids) {
      await until(async () => Date.parse((await runsOf(id))[0]?.at ?? '1970-01-01') > now, 30_000);
      const times = (await runsOf(id)).map(({ at }) => Date.parse(at)).toSorted((one, other) => one - other);
      const gaps = times.slice(1).map((at, place) => at - (times[place] ?? at));
      // Far less than the time for which nothing could be written.
      expect(Math.max(...gaps)).toBeLessThan(8_000);
      expect((await alice.watch.checks.get({ id })).state).toBe('up');
    }
  });
});
