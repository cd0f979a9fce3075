import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createClient, type Client } from '#contract/client.ts';
import { createTestDatabase } from '../database.ts';
import { castPassword, startHouse } from '../house.ts';
import { startServerProcess, type ServerProcess } from '../server-process.ts';
import { addUpkeepHost, outputOf, untilRun, type UpkeepHost } from '../upkeep-host.ts';

/** How often the server is killed while it works; VIGIE_CRASHES makes it more. */
const kills = Number(process.env['VIGIE_CRASHES'] ?? 6);

const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');

/** Twenty lines, to the output and to a file: what ran twice is there twice. After the fifth it waits to be let go, a minute at most. */
function twentyLines({ sshd }: UpkeepHost): string {
  const { home } = sshd;
  const wait = `n=0; while [ ! -e ${home}/go ] && [ $n -lt 600 ]; do n=$((n+1)); sleep 0.1; done`;
  return `i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo line $i; echo line $i >>${home}/lines; if [ $i -eq 5 ]; then ${wait}; fi; sleep 0.05; done; exit 7`;
}

/** Lets the step go on that {@link twentyLines} holds. */
async function letGo({ sshd }: UpkeepHost): Promise<void> {
  await writeFile(path.join(sshd.home, 'go'), '');
}

async function startSlowRun(client: Client, host: UpkeepHost): Promise<string> {
  const book = await client.upkeep.runbooks.create({
    name: 'slow',
    safe: true,
    steps: [
      { kind: 'command', title: 'twenty lines', command: twentyLines(host), onFailure: 'continue' },
      { kind: 'command', title: 'after', command: 'echo after' },
    ],
  });
  const run = await client.upkeep.runs.propose({ runbookId: book.id, hostId: host.hostId });
  await expect
    .poll(async () => outputOf(client, await client.upkeep.runs.get({ id: run.id })), { timeout: 20_000 })
    .toContain('line 3\n');
  return run.id;
}

async function expectDoneOnce(client: Client, host: UpkeepHost, runId: string): Promise<void> {
  const ended = await untilRun(client, runId, 'succeeded', 'failed', 'lost');
  expect(ended.steps.map(({ state, exitCode }) => [state, exitCode])).toEqual([
    ['failed', 7],
    ['succeeded', 0],
  ]);
  expect(await outputOf(client, ended)).toBe(lines);
  expect(await readFile(path.join(host.sshd.home, 'lines'), 'utf8')).toBe(lines);
  expect(ended.steps[0]?.reattached).toBe(1);
}

async function signIn(server: ServerProcess): Promise<Client> {
  const nobody = createClient({ url: server.url });
  const { token } =
    server.welcomeToken === ''
      ? await nobody.people.session.start({ mail: 'alice@vigie.test', password: castPassword })
      : await nobody.people.welcome.accept({
          token: server.welcomeToken,
          name: 'Alice',
          mail: 'alice@vigie.test',
          password: castPassword,
          language: 'en',
        });
  return createClient({ url: server.url, token: () => token });
}

describe('a run whose server is killed in the middle of a step', () => {
  it('is carried on by another server, at the right byte, and nothing runs twice', async () => {
    await using database = await createTestDatabase();
    const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-takeover-'));
    await using first = await startServerProcess(database.url, dataFolder);
    const alice = await signIn(first);
    await using host = await addUpkeepHost({ as: { alice } });
    const runId = await startSlowRun(alice, host);
    await using second = await startServerProcess(database.url, dataFolder);
    const again = await signIn(second);
    await first.kill();
    await letGo(host);
    await expectDoneOnce(again, host, runId);
    await second.kill();
    await rm(dataFolder, { recursive: true, force: true });
  }, 200_000);

  it('is carried on by the same server when it starts again', async () => {
    await using database = await createTestDatabase();
    const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-takeover-'));
    await using first = await startServerProcess(database.url, dataFolder);
    const alice = await signIn(first);
    await using host = await addUpkeepHost({ as: { alice } });
    const runId = await startSlowRun(alice, host);
    await first.kill();
    await letGo(host);
    await using second = await startServerProcess(database.url, dataFolder);
    await expectDoneOnce(await signIn(second), host, runId);
    await second.kill();
    await rm(dataFolder, { recursive: true, force: true });
  }, 200_000);
});

describe('a run whose server is killed again and again', () => {
  it('does every step once', async () => {
    await using database = await createTestDatabase();
    const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-takeover-'));
    let server = await startServerProcess(database.url, dataFolder);
    const first = await signIn(server);
    await using host = await addUpkeepHost({ as: { alice: first } });
    const file = path.join(host.sshd.home, 'marks');
    const steps = Array.from({ length: 25 }, (_, index) => ({
      kind: 'command' as const,
      title: `mark ${index}`,
      command: `echo ${index} >>${file}; sleep 0.0${index % 10}; echo said ${index}; exit ${index % 3}`,
      onFailure: 'continue' as const,
    }));
    const book = await first.upkeep.runbooks.create({ name: 'marks', safe: true, steps });
    const { id } = await first.upkeep.runs.propose({ runbookId: book.id, hostId: host.hostId });
    for (let kill = 0; kill < kills; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 700));
      await server.kill();
      server = await startServerProcess(database.url, dataFolder);
    }
    const last = await signIn(server);
    const ended = await untilRun(last, id, 'succeeded', 'failed', 'lost');
    expect(ended.steps.map(({ exitCode }) => exitCode)).toEqual(steps.map((_, index) => index % 3));
    const outputs = await Promise.all(steps.map((_, index) => outputOf(last, ended, index)));
    expect(outputs).toEqual(steps.map((_, index) => `said ${index}\n`));
    expect(await readFile(file, 'utf8')).toBe(steps.map((_, index) => `${index}\n`).join(''));
    await server.kill();
    await rm(dataFolder, { recursive: true, force: true });
  }, 240_000);
});

describe('a run whose server loses its database in the middle of a step', () => {
  it('is carried on, and nothing runs twice', async () => {
    await using house = await startHouse({ logLevel: 'silent' });
    await using host = await addUpkeepHost(house);
    const runId = await startSlowRun(house.as.alice, host);
    const other = new pg.Client({ connectionString: house.databaseUrl });
    await other.connect();
    await other.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await other.end();
    // What was being asked at that very moment may fail; soon nothing does.
    const answers = async () => (await house.as.alice.upkeep.runs.get({ id: runId })).id;
    await expect.poll(answers, { timeout: 20_000 }).toBe(runId);
    await letGo(host);
    await expectDoneOnce(house.as.alice, host, runId);
  }, 200_000);
});
