import { createServer, type Server } from 'node:http';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendMessage } from '#mail/send-message.ts';
import { fetchMailbox, unreadMailbox } from '#mail/transport/fetch-mailbox.ts';
import { startHouse, type House } from '../house.ts';
import { found, mailOf } from '../mail-desk.ts';
import { until } from '../until.ts';
import { startDovecot, type Dovecot } from './daemons/dovecot.ts';
import { mailAccounts, mailCertificates, mailDomain, mailName } from './daemons/mail-material.ts';
import { startPostfix, type Postfix } from './daemons/postfix.ts';

const certificates = mailCertificates();
const accounts = {
  ...mailAccounts,
  desk: { user: `desk@${mailDomain}`, password: 'desk-1' },
  token: { user: `token@${mailDomain}`, password: 'ya29.good-token' },
};
const { alice, desk } = accounts;
const never = new AbortController().signal;
let dovecot: Dovecot;
let postfix: Postfix;
let house: House;
const mailboxId = uuid();

const settings = () => ({
  id: mailboxId,
  name: 'Assistance',
  address: desk.user,
  incoming: {
    host: '127.0.0.1',
    port: dovecot.ports.imaps,
    user: desk.user,
    password: desk.password,
    caPem: certificates.authority,
    // Longer than the tests: only IDLE can tell.
    pollMinutes: 60,
  },
  outgoing: {
    host: '127.0.0.1',
    port: postfix.ports.smtp,
    user: desk.user,
    password: desk.password,
    caPem: certificates.authority,
  },
});

beforeAll(async () => {
  dovecot = await startDovecot(certificates, Object.values(accounts));
  postfix = await startPostfix(certificates, dovecot.ports);
  house = await startHouse();
  await house.as.alice.desk.mailboxes.put(settings());
  await until(async () => {
    const { incomingState } = await house.as.alice.desk.mailboxes.get({ id: mailboxId });
    return incomingState.at !== null && incomingState.trouble === '';
  });
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await postfix[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

/** Alice writes by the same servers. */
async function write(head: Readonly<Record<string, string>>, text: string): Promise<void> {
  const raw = Buffer.from(mailOf({ From: `Alice <${alice.user}>`, To: desk.user, ...head }, text));
  const sent = await sendMessage(
    {
      host: '127.0.0.1',
      port: postfix.ports.smtp,
      security: 'starttls',
      serverName: mailName,
      signIn: { by: 'password', user: alice.user, password: alice.password },
      caPem: certificates.authority,
    },
    { envelope: { from: alice.user, to: [desk.user] }, raw },
    never,
  );
  expect(sent).toMatchObject({ end: 'sent' });
}

/** What lies in a mailbox, as it came. */
async function inboxOf(account: { user: string; password: string }): Promise<string[]> {
  const raws: string[] = [];
  await fetchMailbox(
    {
      host: '127.0.0.1',
      port: dovecot.ports.imaps,
      security: 'tls',
      serverName: mailName,
      user: account.user,
      signIn: { by: 'password', password: account.password },
      caPem: certificates.authority,
      folder: 'INBOX',
      doneFolder: null,
    },
    unreadMailbox,
    {
      mostMessageBytes: 1_000_000,
      take: async ({ raw }) => void raws.push(Buffer.from(raw).toString()),
      keep: async () => undefined,
    },
    never,
  );
  return raws;
}

const mails = async () => (await house.as.bob.desk.mails.list({ limit: 100 })).items;
const cameAs = (subject: string) =>
  found(async () => (await mails()).find((each) => each.subject === subject && each.state === 'done'));

describe('a mailbox on Dovecot, with Postfix to send by', () => {
  test('is found to be well in both directions, and each fault by its name', async () => {
    const { mailboxes } = house.as.alice.desk;
    expect(await mailboxes.test({ id: mailboxId })).toMatchObject({
      incoming: { trouble: '' },
      outgoing: { trouble: '' },
    });
    const other = uuid();
    const base = { ...settings(), id: other, address: `other@${mailDomain}`, active: false };
    const tried = async (change: object, way: 'incoming' | 'outgoing') => {
      await mailboxes.put({ ...base, ...change });
      return (await mailboxes.test({ id: other }))[way].trouble;
    };
    expect(await tried({ incoming: { ...base.incoming, password: 'wrong' } }, 'incoming')).toBe('sign_in_refused');
    expect(await tried({ incoming: { ...base.incoming, folder: 'Nowhere' } }, 'incoming')).toBe('folder_missing');
    expect(await tried({ incoming: { ...base.incoming, caPem: '' } }, 'incoming')).toBe('certificate');
    expect(await tried({ incoming: { ...base.incoming, port: 9 } }, 'incoming')).toBe('connection_refused');
    expect(await tried({ outgoing: { ...base.outgoing, password: 'wrong' } }, 'outgoing')).toBe('sign_in_refused');
    expect(await tried({ outgoing: { ...base.outgoing, host: 'no-such-host.invalid' } }, 'outgoing')).toBe(
      'name_unknown',
    );
    expect(await tried({ outgoing: { ...base.outgoing, caPem: '' } }, 'outgoing')).toBe('certificate');
    await mailboxes.remove({ id: other });
  });

  test('by IDLE a mail is a ticket at once; the answer goes out, and the answer to that comes back', async () => {
    await write({ Subject: 'Imprimante du troisième' }, 'Bonjour, je ne peux pas imprimer, merci.');
    const came = await cameAs('Imprimante du troisième');
    const id = came.ticket?.id ?? '';
    await house.as.bob.desk.messages.add({ id, visibility: 'public', body: 'Elle remarche.' });
    const answer = await found(async () => (await inboxOf(alice)).find((raw) => raw.includes('Elle remarche.')));
    expect(answer).toMatch(/^Content-Language: fr/mu);
    const messageId = /^Message-ID:\s+(?<id><[^>]+>)/imu.exec(answer)?.groups?.['id'] ?? '';
    const replyTo = /^Reply-To: [^<]*<(?<address>[^>]+)>/imu.exec(answer)?.groups?.['address'] ?? '';
    expect(replyTo).toMatch(/^desk\+t/u);
    await write({ Subject: 'Re: merci', 'In-Reply-To': messageId, References: messageId }, 'Merci bien.');
    expect(await cameAs('Re: merci')).toMatchObject({ outcome: 'reply', ticket: { id } });
    const { deliveries } = await house.as.bob.desk.mails.ofTicket({ id });
    expect(deliveries.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['confirmation sent', 'answer sent']);
  });

  test('each mail is taken once, when the server numbers anew too', async () => {
    await write({ Subject: 'Une fois' }, 'Une seule fois.');
    await cameAs('Une fois');
    const before = (await mails()).length;
    // Another folder is another numbering; back again, all mails of the first are offered anew.
    const { mailboxes } = house.as.alice.desk;
    const box = settings();
    await mailboxes.put({ ...box, incoming: { ...box.incoming, folder: 'Junk' } });
    await mailboxes.put(settings());
    await write({ Subject: 'Une autre' }, 'Après.');
    await cameAs('Une autre');
    expect(await mails()).toHaveLength(before + 1);
    const { items } = await house.as.bob.desk.tickets.find({ words: '"Une fois"' });
    expect(items).toHaveLength(1);
  });

  test('Postfix hands over by LMTP what it took for the desk', async () => {
    await house.as.alice.desk.mailListener.set({ active: true, protocol: 'lmtp', host: '127.0.0.1', port: 0 });
    const port = await found(async () => {
      const listener = await house.as.alice.desk.mailListener.get({});
      return listener?.state.trouble === '' && listener.state.at !== null ? Number(listener.state.said) : null;
    });
    await postfix.route(desk.user, `lmtp:inet:127.0.0.1:${port}`);
    await write({ Subject: 'Par LMTP' }, 'De Postfix tout droit.');
    const came = await cameAs('Par LMTP');
    expect(await house.as.bob.desk.mails.get({ id: came.id })).toMatchObject({ via: 'lmtp', envelopeTo: [desk.user] });
    await postfix.route(desk.user, null);
  });
});

describe('a mailbox that is opened by a token', () => {
  let server: Server;
  let answer = { status: 200, text: '' };
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
    });
    await new Promise<void>((resolve) => server.listen(dovecot.ports.tokens, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  test('signs in to Dovecot by XOAUTH2, and says when the token is not good', async () => {
    const access = (accessToken: string) => ({
      host: '127.0.0.1',
      port: dovecot.ports.imaps,
      security: 'tls' as const,
      serverName: mailName,
      user: accounts.token.user,
      signIn: { by: 'token' as const, accessToken },
      caPem: certificates.authority,
      folder: 'INBOX',
      doneFolder: null,
    });
    const parts = { mostMessageBytes: 100_000, take: async () => undefined, keep: async () => undefined };
    answer = {
      status: 200,
      text: JSON.stringify({ active: true, email: accounts.token.user, username: accounts.token.user }),
    };
    expect(await fetchMailbox(access('ya29.good-token'), unreadMailbox, parts, never)).toMatchObject({
      outcome: 'fetched',
    });
    answer = { status: 401, text: JSON.stringify({ error: 'invalid_token' }) };
    expect(await fetchMailbox(access('ya29.other'), unreadMailbox, parts, never)).toMatchObject({
      outcome: 'failed',
      trouble: 'sign_in_refused',
    });
  });
});
