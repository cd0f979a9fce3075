import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createClient } from '#contract/client.ts';
import { Doors } from '../doors.ts';
import { createTestDatabase } from '../database.ts';
import { startServerProcess } from '../server-process.ts';
import { until } from '../until.ts';

const rule = {
  metric: 'connect',
  operator: 'above',
  degraded: 0,
} as const;

test('a server that is killed in the middle of rehearsals has changed nothing, and rehearses again', async () => {
  await using database = await createTestDatabase();
  await using things = new AsyncDisposableStack();
  const doors = things.adopt(new Doors(), (each) => each.closeAll());
  const dataFolder = things.adopt(await mkdtemp(path.join(tmpdir(), 'vigie-killed-')), (folder) =>
    rm(folder, { recursive: true, force: true }),
  );
  const first = things.use(await startServerProcess(database.url, dataFolder));
  const session = await createClient({ url: first.url }).people.welcome.accept({
    token: first.welcomeToken,
    name: 'Alice',
    mail: 'alice@vigie.test',
    password: 'correct horse battery',
    language: 'en',
  });
  const client = (url: string) => createClient({ url, token: () => session.token });
  const before = client(first.url);
  const port = await doors.open('shop', '127.0.0.1');
  const host = await before.estate.hosts.create({ name: 'shop', address: '127.0.0.1' });
  const target = { kind: 'host', id: host.id } as const;
  const check = await before.watch.checks.create({
    name: 'door',
    kind: 'tcp',
    target,
    settings: { port },
    intervalSeconds: 1,
  });
  await until(async () => (await before.watch.checks.get({ id: check.id })).state === 'up');
  const asked = { id: check.id, rules: [rule], days: 30 };
  await until(async () => (await before.watch.rules.rehearse(asked)).wouldBe.count > 0);
  const known = (await before.watch.rules.get({ id: check.id })).rules;

  // Its database is asked something that does not end, so that they are surely in the middle.
  const holder = things.adopt(new Client({ connectionString: database.url }), (each) => each.end());
  await holder.connect();
  await holder.query('begin; lock table watch.check in access exclusive mode');
  const cut = Array.from({ length: 8 }, () =>
    before.watch.rules.rehearse(asked).then(
      () => 'answered',
      () => 'cut',
    ),
  );
  await until(async () => {
    const { rows } = await holder.query<{ count: number }>(
      "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return (rows[0]?.count ?? 0) >= 4;
  });
  await first.kill();
  await holder.query('rollback');
  expect(new Set(await Promise.all(cut))).toEqual(new Set(['cut']));

  const second = things.use(await startServerProcess(database.url, dataFolder));
  const after = client(second.url);
  expect((await after.watch.rules.get({ id: check.id })).rules).toEqual(known);
  expect((await after.watch.alerts.list({})).items).toEqual([]);
  const { lastResultAt } = await after.watch.checks.get({ id: check.id });
  await until(async () => (await after.watch.checks.get({ id: check.id })).lastResultAt !== lastResultAt);
  const again = await after.watch.rules.rehearse(asked);
  expect(again.wouldBe.count).toBeGreaterThan(0);
  expect(again.cut).toBe(false);
});
