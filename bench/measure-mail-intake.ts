import { setTimeout as wait } from 'node:timers/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { v7 as uuid } from 'uuid';
import { createClient, type Client } from '#contract/client.ts';
import { sendMessage, type OutgoingServer } from '#mail/send-message.ts';
import { systemClock } from '#platform/clock.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createLog } from '#platform/log.ts';
import { startVigie } from '../server/app/lifecycle.ts';

/**
 * Mails that come in at the desk's own mail server, from handing over to a ticket that can be found: server, database and
 * sender on one machine. Wanted: 30 a second. Use: node bench/measure-mail-intake.ts [mails] [senders].
 */

const mails = Number(process.argv[2] ?? 600);
const senders = Number(process.argv[3] ?? 4);
const wantedPerSecond = 30;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const address = 'help@desk.test';

const paragraph =
  'Bonjour, depuis ce matin l’imprimante du troisième étage ne répond plus et le message parle d’un bourrage. ';

/** What people write: text and HTML with a quote, one in ten with a file of 200 KB. */
function mailOf(number: number): Buffer {
  const text = `${paragraph.repeat(5)}\nNuméro ${number}.\n\nLe 21 novembre 2026, Support a écrit :\n> ${paragraph}`;
  const html = `<div>${paragraph.repeat(5)}<br>Numéro ${number}.</div><blockquote type="cite">${paragraph}</blockquote>`;
  const file =
    number % 10 === 0
      ? `--m\r\nContent-Type: application/pdf; name="plan.pdf"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n${Buffer.from(`%PDF-${number}${'x'.repeat(200_000)}`).toString('base64')}\r\n`
      : '';
  return Buffer.from(
    [
      `From: Person ${number % 500} <p${number % 500}@customer.test>`,
      `To: ${address}`,
      `Subject: Imprimante ${number}`,
      `Message-ID: <${number}.${process.pid}@customer.test>`,
      'Date: Sun, 22 Nov 2026 10:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: multipart/alternative; boundary=a',
      '',
      `--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`,
      `--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
      '--a--',
      `${file}--m--`,
      '',
    ].join('\r\n'),
  );
}

async function listening(client: Client): Promise<number> {
  for (;;) {
    const listener = await client.desk.mailListener.get({});
    const state = listener?.state;
    if (state !== undefined && state.at !== null) return Number(state.said);
    await wait(100);
  }
}

async function handOver(port: number): Promise<number> {
  const server: OutgoingServer = {
    host: '127.0.0.1',
    port,
    security: 'none',
    serverName: null,
    signIn: { by: 'nothing' },
    caPem: '',
  };
  let next = 0;
  const begun = performance.now();
  const one = async (): Promise<void> => {
    while (next < mails) {
      const number = next++;
      const envelope = { from: `p${number % 500}@customer.test`, to: [address] };
      for (;;) {
        const sent = await sendMessage(server, { envelope, raw: mailOf(number) }, new AbortController().signal);
        if (sent.end === 'sent') break;
        await wait(500);
      }
    }
  };
  await Promise.all(Array.from({ length: senders }, one));
  return performance.now() - begun;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-mail-'));
  const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: createLog('error') });
  const vigie = await startVigie({
    config: {
      listen: { host: '127.0.0.1', port: 0 },
      dataFolder: folder,
      databaseUrl: postgres.url,
      publicUrl: 'http://vigie.test',
      demonstration: false,
      logLevel: 'error',
      webFolder: path.join(folder, 'no-web'),
    },
    databaseUrl: postgres.url,
    log: createLog('error'),
    clock: systemClock,
  });
  try {
    const token = new URLSearchParams(vigie.welcomePath?.split('?')[1]).get('token') ?? '';
    const session = await createClient({ url: vigie.url }).people.welcome.accept({
      token,
      name: 'Alice',
      mail: 'alice@vigie.test',
      password: 'correct horse battery',
      language: 'en',
    });
    const client = createClient({ url: vigie.url, token: () => session.token });
    await client.desk.mailboxes.put({ id: uuid(), name: 'Support', address });
    await client.desk.mailListener.set({ active: true, protocol: 'smtp', host: '127.0.0.1', port: 0 });
    const port = await listening(client);
    const before = process.cpuUsage();
    const begun = performance.now();
    const handedMs = await handOver(port);
    while ((await client.desk.tickets.find({ words: '', limit: 1 })).total < Math.min(mails, 1_000)) await wait(50);
    for (;;) {
      const { items } = await client.desk.mails.list({ limit: 100 });
      if (items.every(({ state }) => state === 'done')) break;
      await wait(50);
    }
    const wholeMs = performance.now() - begun;
    const used = process.cpuUsage(before);
    const rate = (mails / wholeMs) * 1_000;
    say(
      `machine: ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? ''}; ${mails} mails by ${senders} senders`,
    );
    say(`handed over: ${((mails / handedMs) * 1_000).toFixed(1)}/s`);
    say(
      `filed as tickets: ${rate.toFixed(1)}/s (wanted ${wantedPerSecond}/s: ${(rate / wantedPerSecond).toFixed(2)} times), ` +
        `${((used.user + used.system) / 1_000 / mails).toFixed(1)} ms of the processor a mail, sender included`,
    );
    say(`memory: ${Math.round(process.memoryUsage().rss / 1e6)} MB, sender included`);
  } finally {
    await vigie.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
