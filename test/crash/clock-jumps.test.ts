import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#contract/client.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { portOf } from '../free-port.ts';
import { castPassword } from '../house.ts';
import { startServerProcess, type ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';

const dayMs = 86_400_000;
const checks = 40;

/** What a process reads as its clock, in all its threads: the true one and what a file says besides. */
const shiftedClock = (file: string): string => `
  import { readFileSync } from 'node:fs';
  const TrueDate = Date;
  let readAt = -1000, shift = 0;
  const now = () => {
    const steady = performance.now();
    if (steady - readAt > 50) { readAt = steady; shift = Number(readFileSync(${JSON.stringify(file)}, 'utf8')) || 0; }
    return TrueDate.now() + shift;
  };
  globalThis.Date = class Date extends TrueDate {
    constructor(...words) { if (words.length === 0) super(now()); else super(...words); }
    static now() { return now(); }
  };
`;

let folder: string;
let database: TestDatabase;
let server: ServerProcess;
let alice: Client;
let ids: string[] = [];
let failing = false;
const asked: number[] = [];
/** Requests in the busiest second after each jump. */
const crowds: number[] = [];
const web = createServer((_request, response) => {
  asked.push(performance.now());
  response.writeHead(failing ? 500 : 200).end('x');
});

const jump = async (ms: number): Promise<void> => writeFile(path.join(folder, 'shift'), String(ms));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-clock-'));
  await jump(0);
  await writeFile(path.join(folder, 'clock.mjs'), shiftedClock(path.join(folder, 'shift')));
  database = await createTestDatabase();
  const line = new pg.Client({ connectionString: database.url });
  await line.connect();
  await line.query("select nextval('watch.check_number_seq')");
  await line.end();
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  server = await startServerProcess(database.url, folder, {
    NODE_OPTIONS: `--import=${path.join(folder, 'clock.mjs')}`,
  });
  const nobody = createClient({ url: server.url });
  const { token } = await nobody.people.welcome.accept({
    token: server.welcomeToken,
    name: 'Alice',
    mail: 'alice@vigie.test',
    password: castPassword,
    language: 'en',
  });
  alice = createClient({ url: server.url, token: () => token });
  const host = await alice.estate.hosts.create({ name: 'here', address: '127.0.0.1' });
  ids = await Promise.all(
    Array.from({ length: checks }, async (_none, index) => {
      const target = { kind: 'host', id: host.id } as const;
      const settings = { scheme: 'http', port: portOf(web.address()) };
      const check = await alice.watch.checks.create({
        name: `c${index}`,
        kind: 'http',
        target,
        settings,
        intervalSeconds: 2,
      });
      return check.id;
    }),
  );
}, 120_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  web.close();
  await rm(folder, { recursive: true, force: true });
});

/** By the clock of a year later every session has ended. */
async function signIn(): Promise<void> {
  const { token } = await createClient({ url: server.url }).people.session.start({
    mail: 'alice@vigie.test',
    password: castPassword,
  });
  alice = createClient({ url: server.url, token: () => token });
}

async function stateOfAll(): Promise<string[]> {
  const { items } = await alice.watch.checks.list({ limit: 100, kind: 'http' });
  return [...new Set(items.map(({ state }) => state))];
}

/** Requests in the busiest second since a moment. */
function busiest(sinceMs: number): number {
  const seconds = new Map<number, number>();
  for (const at of asked.filter((each) => each >= sinceMs)) {
    const second = Math.floor((at - sinceMs) / 1_000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return Math.max(0, ...seconds.values());
}

describe.each([
  ['a day ahead', dayMs],
  ['back again', 0],
  ['a day back', -dayMs],
  ['forth again', 0],
  ['a year ahead', 365 * dayMs],
  ['and back again', 0],
])('a clock that jumps %s', (_what, shift) => {
  test('brings no lull and no blindness', async () => {
    await until(async () => (await stateOfAll()).join(',') === 'up', 40_000);
    const before = performance.now();
    await jump(shift);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await signIn();
    await until(async () => asked.filter((at) => at > before).length > 4 * checks, 40_000);
    crowds.push(busiest(before));
    expect(busiest(before)).toBeGreaterThan(0);

    failing = true;
    await until(async () => (await stateOfAll()).join(',') === 'down', 40_000);
    failing = false;
    await until(async () => (await stateOfAll()).join(',') === 'up', 40_000);
  });
});

test('a herd would come with every jump one way, and came with none', () => {
  // Twice what the plan asks for; a machine that stood still for two seconds may look like a herd once, not every time.
  expect(crowds).toHaveLength(6);
  expect(crowds.filter((most) => most >= checks).length).toBeLessThan(3);
});

test('what was ahead of its time is claimed by no figure, and nothing is lost of what was measured', async () => {
  const [id = ''] = ids;
  const { items } = await alice.watch.checks.results({ id, limit: 100 });
  expect(items.length).toBeGreaterThan(20);
  const line = new pg.Client({ connectionString: database.url });
  await line.connect();
  const { rows } = await line.query(
    "select count(*)::int as ahead from watch.blind where until_at > now() + interval '1 minute'",
  );
  await line.end();
  expect(rows).toEqual([{ ahead: 0 }]);
});
