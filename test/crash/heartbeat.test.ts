import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createClient } from '#contract/client.ts';
import { createTestDatabase } from '../database.ts';
import { castPassword } from '../house.ts';
import { startServerProcess } from '../server-process.ts';
import { until } from '../until.ts';

// The whole program: calls come in at one thread, and another one watches.
test('a job that calls is well, one that says it failed is not, also after a restart', async () => {
  await using ending = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-beats-'));
  ending.defer(() => rm(folder, { recursive: true, force: true }));
  const database = ending.use(await createTestDatabase());
  let server = ending.use(await startServerProcess(database.url, folder));
  const { token } = await createClient({ url: server.url }).people.welcome.accept({
    token: server.welcomeToken,
    name: 'Alice Martin',
    mail: 'alice@vigie.test',
    password: castPassword,
    language: 'en',
  });
  const signedIn = () => createClient({ url: server.url, token: () => token });
  const host = await signedIn().estate.hosts.create({ name: 'backup-1', address: '127.0.0.9' });
  const { id } = await signedIn().watch.checks.create({
    name: 'backup',
    kind: 'heartbeat',
    target: { kind: 'host', id: host.id },
    settings: { periodSeconds: 10, graceSeconds: 5 },
    intervalSeconds: 5,
  });
  const { path: address } = await signedIn().watch.heartbeat.get({ id });
  const call = async (what = ''): Promise<number> => (await fetch(`${server.url}${address}${what}`)).status;
  const isState = (wanted: string) =>
    until(async () => (await signedIn().watch.checks.get({ id })).state === wanted, 60_000);

  expect(await call()).toBe(200);
  await isState('up');
  expect(await call('/1')).toBe(200);
  await isState('down');
  expect(await call()).toBe(200);
  await isState('up');
  // Nobody calls any more.
  await isState('down');

  await server.kill();
  server = ending.use(await startServerProcess(database.url, folder));
  expect(await call()).toBe(200);
  await isState('up');
});
