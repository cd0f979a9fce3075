import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { v7 as uuid } from 'uuid';
import { createClient } from '#contract/client.ts';
import { sendMessage } from '#mail/send-message.ts';
import { freePort } from '#ssh/testing/loopback-sshd.ts';
import { createTestDatabase } from '../database.ts';
import { deskAddress, mailOf } from '../mail-desk.ts';
import { startServerProcess } from '../server-process.ts';
import { until } from '../until.ts';

const mails = 60;
const kills = 2;

test('a server that is killed while mails come in has each of them once', async () => {
  await using database = await createTestDatabase();
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-killed-'));
  const port = await freePort();
  let server = await startServerProcess(database.url, dataFolder);
  const session = await createClient({ url: server.url }).people.welcome.accept({
    token: server.welcomeToken,
    name: 'Alice',
    mail: 'alice@vigie.test',
    password: 'correct horse battery',
    language: 'en',
  });
  const client = () => createClient({ url: server.url, token: () => session.token });
  await client().desk.mailboxes.put({ id: uuid(), name: 'Support', address: deskAddress });
  await client().desk.mailListener.set({ active: true, protocol: 'smtp', host: '127.0.0.1', port });
  const outgoing = {
    host: '127.0.0.1',
    port,
    security: 'none' as const,
    serverName: null,
    signIn: { by: 'nothing' as const },
    caPem: '',
  };
  // As any mail server does: what was not taken is offered again, the same bytes.
  let taken = 0;
  const sending = (async () => {
    for (let number = 0; number < mails; number += 1) {
      const raw = Buffer.from(mailOf({ Subject: `Mail number ${number} of all`, From: `p${number}@customer.test` }));
      const envelope = { from: `p${number}@customer.test`, to: [deskAddress] };
      while ((await sendMessage(outgoing, { envelope, raw }, new AbortController().signal)).end !== 'sent')
        await wait(50);
      taken += 1;
    }
  })();
  for (let kill = 1; kill <= kills; kill += 1) {
    const wanted = (mails / (kills + 1)) * kill;
    await until(async () => taken >= wanted, 60_000);
    await server.kill();
    server = await startServerProcess(database.url, dataFolder);
  }
  await sending;
  await until(async () => {
    const { items } = await client().desk.mails.list({ limit: 500 });
    return items.every(({ state }) => state === 'done');
  }, 120_000);
  const { items } = await client().desk.mails.list({ limit: 500 });
  const subjects = items.flatMap(({ outcome, subject }) => (outcome === 'ticket' ? [subject] : []));
  expect(subjects).toHaveLength(mails);
  expect(new Set(subjects).size).toBe(mails);
  expect(items.filter(({ outcome }) => outcome !== 'ticket').every(({ outcome }) => outcome === 'again')).toBe(true);
  expect((await client().desk.tickets.find({ words: '', limit: 1 })).total).toBe(mails);
  await server.kill();
  await rm(dataFolder, { recursive: true, force: true });
}, 300_000);
