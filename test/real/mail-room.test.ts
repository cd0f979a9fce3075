import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { classifyMessage } from '#mail/classify-message.ts';
import { composeAnswer, type AnswerDraft } from '#mail/compose-answer.ts';
import { readMessage } from '#mail/read-message.ts';
import { sendMessage, type OutgoingServer } from '#mail/send-message.ts';
import { threadOf } from '#mail/thread-of.ts';
import type { MailKeys } from '#mail/thread/mail-token.ts';
import { fetchMailbox, unreadMailbox, type FetchedMessage, type MailboxMark } from '#mail/transport/fetch-mailbox.ts';
import type { ImapAccess } from '#mail/transport/imap-access.ts';
import { postForm, refreshToken } from '#mail/transport/oauth-token.ts';
import { startReceiver, type ReceivedMail, type ReceiverParts } from '#mail/transport/start-receiver.ts';
import { watchMailbox } from '#mail/transport/watch-mailbox.ts';
import { portOf } from '../free-port.ts';
import { startDovecot, type Dovecot } from './daemons/dovecot.ts';
import { mailAccounts, mailCertificates, mailDomain, mailName } from './daemons/mail-material.ts';
import { startForwarder } from './daemons/forwarder.ts';
import { startPostfix, type Postfix } from './daemons/postfix.ts';

const certificates = mailCertificates();
const accounts = {
  ...mailAccounts,
  desk: { user: `desk@${mailDomain}`, password: 'desk-1' },
  idle: { user: `idle@${mailDomain}`, password: 'idle-1' },
};
const { alice, desk, idle } = accounts;
const keys: MailKeys = [{ id: 'a', secret: Buffer.alloc(32, 1) }];
const ticket = '019a0000-0000-7000-8000-000000000012';
const never = new AbortController().signal;
let dovecot: Dovecot;
let postfix: Postfix;

beforeAll(async () => {
  dovecot = await startDovecot(certificates, Object.values(accounts));
  postfix = await startPostfix(certificates, dovecot.ports);
});
afterAll(async () => {
  await postfix[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

const imap = (account: { user: string; password: string }, change: Partial<ImapAccess> = {}): ImapAccess => ({
  host: '127.0.0.1',
  port: dovecot.ports.imaps,
  security: 'tls',
  serverName: mailName,
  user: account.user,
  signIn: { by: 'password', password: account.password },
  caPem: certificates.authority,
  folder: 'INBOX',
  doneFolder: null,
  ...change,
});
const outgoing = (change: Partial<OutgoingServer> = {}): OutgoingServer => ({
  host: '127.0.0.1',
  port: postfix.ports.smtp,
  security: 'starttls',
  serverName: mailName,
  signIn: { by: 'password', user: alice.user, password: alice.password },
  caPem: certificates.authority,
  ...change,
});
const draft = (change: Partial<AnswerDraft> = {}): AnswerDraft => ({
  ticket,
  reference: '#12',
  deliveryId: 'd1',
  subject: 'Imprimante',
  language: 'fr',
  from: { name: 'Assistance', address: alice.user },
  to: [{ name: '', address: desk.user }],
  cc: [],
  body: 'Elle remarche.',
  history: [],
  answers: null,
  isAutomatic: false,
  attachments: [],
  at: new Date('2025-11-03T10:00:00Z'),
  ...change,
});

async function send(change: Partial<AnswerDraft> = {}, server = outgoing()) {
  const outcome = await composeAnswer(draft(change), alice.user, keys);
  if (outcome.outcome !== 'composed') throw new Error(outcome.outcome);
  return sendMessage(server, outcome.mail, never);
}

/** A desk that remembers what it took. */
function taker(mark: MailboxMark = unreadMailbox) {
  const seen = { mark, taken: [] as FetchedMessage[] };
  return Object.assign(seen, {
    mostMessageBytes: 1_000_000,
    take: (message: FetchedMessage) => Promise.resolve(void seen.taken.push(message)),
    keep: (next: MailboxMark) => Promise.resolve(void (seen.mark = next)),
  });
}
/** What fetching from it comes to, for a desk that took nothing yet. */
const lookInto = (access: ImapAccess) => fetchMailbox(access, unreadMailbox, taker(), never);
const subjectOf = ({ raw }: { raw: Uint8Array }): string => {
  const read = readMessage(raw);
  return read.outcome === 'read' ? read.message.subject : read.reason;
};

describe('sending by Postfix and fetching from Dovecot', () => {
  it('brings an answer there with its thread, takes it in once, and not again at the next poll', async () => {
    expect(await send()).toMatchObject({ end: 'sent' });
    const here = taker();
    await vi.waitFor(
      async () => {
        expect(await fetchMailbox(imap(desk), here.mark, here, never)).toMatchObject({ outcome: 'fetched' });
        expect(here.taken).toHaveLength(1);
      },
      { timeout: 15_000, interval: 300 },
    );
    const read = readMessage(here.taken[0]?.raw ?? new Uint8Array());
    if (read.outcome !== 'read') throw new Error(read.reason);
    expect(classifyMessage(read.message, { from: null, to: [] }, keys).kind).toBe('own');
    expect(threadOf({ ...read.message, inReplyTo: [read.message.messageId] }, [], keys, new Map())).toMatchObject({
      ticket,
      by: 'token',
    });
    expect(await fetchMailbox(imap(desk), here.mark, here, never)).toMatchObject({ outcome: 'fetched', taken: 0 });
  });

  it('offers a message again when taking it in failed, and all of them when the server numbers anew', async () => {
    const here = taker();
    const broken = { ...here, take: () => Promise.reject(new Error('the database is away')) };
    await expect(fetchMailbox(imap(desk), unreadMailbox, broken, never)).rejects.toThrow('the database is away');
    expect(here.mark).toEqual(unreadMailbox);
    const outcome = await fetchMailbox(imap(desk), { uidValidity: '1', lastUid: 999 }, here, never);
    expect(outcome).toMatchObject({ outcome: 'fetched', wasRenumbered: true, taken: 1 });
  });

  it('does not take again what could not be moved away, and moves what can be', async () => {
    const here = taker();
    const missing = imap(desk, { doneFolder: 'No/Such/Folder' });
    expect(await fetchMailbox(missing, here.mark, here, never)).toMatchObject({ taken: 1, unmoved: 1 });
    expect(await fetchMailbox(missing, here.mark, here, never)).toMatchObject({ taken: 0 });
    const again = taker();
    expect(await fetchMailbox(imap(desk, { doneFolder: 'Junk' }), again.mark, again, never)).toMatchObject({
      taken: 1,
      unmoved: 0,
    });
    expect(await fetchMailbox(imap(desk), unreadMailbox, taker(), never)).toMatchObject({ taken: 0 });
  });

  it('brings the beginning of a mail that is larger than allowed', async () => {
    await send({ body: 'x '.repeat(200_000), deliveryId: 'large' });
    const here = { ...taker(), mostMessageBytes: 100_000 };
    await vi.waitFor(
      async () => {
        await fetchMailbox(imap(desk), unreadMailbox, here, never);
        expect(here.taken[0]).toMatchObject({ isCut: true });
      },
      { timeout: 15_000, interval: 300 },
    );
    expect(here.taken[0]?.bytes).toBeGreaterThan(400_000);
  });

  it('hears of a new mail at once by IDLE, survives a broken line, and stops when told', async () => {
    await using wire = await startForwarder(dovecot.ports.imaps);
    const here = taker();
    const stop = new AbortController();
    const outcomes: string[] = [];
    let opened = 0;
    const watching = watchMailbox(
      {
        ...here,
        access: () => {
          opened += 1;
          return Promise.resolve(imap(idle, { port: wire.port }));
        },
        mark: () => Promise.resolve(here.mark),
        onFetch: ({ outcome }) => outcomes.push(outcome),
        onError: (error) => outcomes.push(String(error)),
        // Longer than the test: only IDLE can tell.
        pollEveryMs: 600_000,
      },
      stop.signal,
    );
    await vi.waitFor(() => expect(outcomes).toEqual(['fetched']), { timeout: 10_000 });
    await send({ to: [{ name: '', address: idle.user }], deliveryId: 'idle', subject: 'Vite' });
    await vi.waitFor(() => expect(here.taken.map(subjectOf)).toEqual(['Vite [#12]']), { timeout: 15_000 });
    wire.cut();
    await vi.waitFor(() => expect(opened).toBeGreaterThan(1), { timeout: 15_000 });
    await send({ to: [{ name: '', address: idle.user }], deliveryId: 'after', subject: 'Encore' });
    await vi.waitFor(() => expect(here.taken.map(subjectOf)).toEqual(['Vite [#12]', 'Encore [#12]']), {
      timeout: 15_000,
    });
    stop.abort();
    await watching;
  });

  it('says what is wrong with a mailbox', async () => {
    expect(await lookInto(imap({ ...desk, password: 'wrong' }))).toMatchObject({
      outcome: 'failed',
      trouble: 'sign_in_refused',
    });
    expect(await lookInto(imap(desk, { folder: 'Nowhere' }))).toMatchObject({
      outcome: 'failed',
      trouble: 'folder_missing',
    });
    expect(await lookInto(imap(desk, { caPem: '' }))).toMatchObject({ outcome: 'failed', trouble: 'unreachable' });
    expect(await lookInto(imap(desk, { port: 9 }))).toMatchObject({ outcome: 'failed', trouble: 'unreachable' });
  });

  it('tells an attempt that is worth another from one that is not', async () => {
    const wrong = outgoing({ signIn: { by: 'password', user: alice.user, password: 'wrong' } });
    expect(await send({}, wrong)).toMatchObject({ end: 'later', said: expect.stringMatching(/535/u) as unknown });
    expect(await send({}, outgoing({ port: postfix.ports.withoutTls }))).toMatchObject({ end: 'later' });
    const relayed = await send(
      { to: [{ name: '', address: 'a@elsewhere.example' }] },
      outgoing({ signIn: { by: 'nothing' } }),
    );
    expect(relayed).toMatchObject({ end: 'refused', said: expect.stringMatching(/554/u) as unknown });
  });
});

describe('the desk’s own listener', () => {
  const mails: ReceivedMail[] = [];
  const parts = (change: Partial<ReceiverParts> = {}): ReceiverParts => ({
    protocol: 'smtp',
    host: '127.0.0.1',
    port: 0,
    name: mailName,
    certificate: certificates.good,
    mostBytes: 100_000,
    mostClients: 10,
    mailsPerMinuteOfAddress: 20,
    knowsRecipient: (address) => Promise.resolve(address === desk.user),
    take: (mail) => Promise.resolve(void mails.push(mail)),
    onError: () => undefined,
    now: () => new Date('2025-11-03T10:00:00Z'),
    ...change,
  });

  it('takes mail for those who are known, by TLS, and adds its line', async () => {
    await using receiver = await startReceiver(parts());
    expect(await send({}, outgoing({ port: receiver.port, signIn: { by: 'nothing' } }))).toMatchObject({ end: 'sent' });
    expect(mails.at(-1)?.to).toEqual([desk.user]);
    expect(Buffer.from(mails.at(-1)?.raw ?? []).toString()).toMatch(
      /^Received: from .*\r\n\tby mail\.firm\.test with ESMTPS;/u,
    );
  });

  it('refuses strangers, what is too large, and too many; asks to come again when it cannot keep a mail', async () => {
    const clear = { signIn: { by: 'nothing' as const }, security: 'none' as const };
    await using receiver = await startReceiver(parts({ mailsPerMinuteOfAddress: 3 }));
    const server = outgoing({ ...clear, port: receiver.port });
    expect(await send({ to: [{ name: '', address: 'nobody@firm.test' }] }, server)).toMatchObject({
      end: 'refused',
      said: expect.stringMatching(/550/u) as unknown,
    });
    expect(await send({ body: 'x '.repeat(100_000) }, server)).toMatchObject({
      end: 'refused',
      said: expect.stringMatching(/552/u) as unknown,
    });
    await send({}, server);
    expect(await send({}, server)).toMatchObject({ end: 'later', said: expect.stringMatching(/450/u) as unknown });
    await using failing = await startReceiver(parts({ take: () => Promise.reject(new Error('the database is away')) }));
    expect(await send({}, outgoing({ ...clear, port: failing.port }))).toMatchObject({
      end: 'later',
      said: expect.stringMatching(/451/u) as unknown,
    });
  });

  it('speaks LMTP with a mail server of the house', async () => {
    await using receiver = await startReceiver(parts({ protocol: 'lmtp', certificate: null }));
    const said = await talk(receiver.port, [
      'LHLO mx',
      'MAIL FROM:<>',
      `RCPT TO:<${desk.user}>`,
      'RCPT TO:<x@firm.test>',
      'DATA',
      'Subject: x\r\n\r\nhi\r\n.',
      'QUIT',
    ]);
    expect(said).toMatch(/550 .*Nobody/u);
    expect(said).toMatch(/250 .*Taken/u);
    expect(mails.at(-1)).toMatchObject({ from: '', to: [desk.user] });
  });
});

/** Says lines one after the other, each when the one before was answered; all that was heard. */
function talk(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const left = [...lines];
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => undefined);
    socket
      .setEncoding('utf8')
      .on('error', reject)
      .on('close', () => resolve(heard));
    socket.on('data', (part: string) => {
      heard += part;
      const next = /^\d{3} .*\r\n$/mu.test(part) ? left.shift() : undefined;
      if (next !== undefined) socket.write(`${next}\r\n`);
    });
  });
}

describe('tokens for Microsoft’s and Google’s mailboxes', () => {
  let answer = { status: 200, text: '' };
  const forms: string[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        forms.push(body);
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  const now = new Date('2025-11-03T10:00:00Z');
  const exchange = () =>
    refreshToken(
      {
        tokenUrl: `http://127.0.0.1:${portOf(server.address())}/token`,
        clientId: 'c',
        clientSecret: 's',
        refreshToken: 'r1',
        scope: 'mail',
      },
      postForm,
      now,
      never,
    );

  it('are exchanged, and the new refresh token is handed on', async () => {
    answer = { status: 200, text: JSON.stringify({ access_token: 'a1', expires_in: 3600, refresh_token: 'r2' }) };
    expect(await exchange()).toEqual({
      outcome: 'granted',
      access: { token: 'a1', expiresAt: new Date('2025-11-03T10:58:00Z'), refreshToken: 'r2' },
    });
    expect(forms.at(-1)).toBe('grant_type=refresh_token&client_id=c&client_secret=s&refresh_token=r1&scope=mail');
  });

  it('are refused for good, or not reached', async () => {
    answer = { status: 400, text: JSON.stringify({ error: 'invalid_grant', error_description: 'consent withdrawn' }) };
    expect(await exchange()).toEqual({ outcome: 'refused', error: 'invalid_grant', said: 'consent withdrawn' });
    answer = { status: 503, text: 'busy' };
    expect(await exchange()).toMatchObject({ outcome: 'unreachable' });
    answer = { status: 200, text: '<html>' };
    expect(await exchange()).toMatchObject({ outcome: 'unreachable' });
  });
});
