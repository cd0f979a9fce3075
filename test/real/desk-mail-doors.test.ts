import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createClient, type Client } from '#contract/client.ts';
import { mailboxSettings } from '#contract/desk-mail-words.ts';
import { openImap } from '#mail/transport/imap-access.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { startDeskAlone } from '../desk-alone.ts';
import { portOf } from '../free-port.ts';
import { castPassword, startHouse, type House } from '../house.ts';
import { deskAddress, found, mailOf } from '../mail-desk.ts';
import { startServerProcess, type ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';
import { startDovecot, type Dovecot } from './daemons/dovecot.ts';
import { mailCertificates, mailDomain, mailName } from './daemons/mail-material.ts';

const run = promisify(execFile);
const asked = mailboxSettings.extend({ id: z.string() });
const certificates = mailCertificates();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-doors-'));
  await writeFile(path.join(folder, 'authority.pem'), certificates.authority);
});
afterAll(async () => {
  certificates[Symbol.dispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('the own mail server with a certificate', () => {
  let house: House;
  let port: number;
  const listener = { active: true, protocol: 'smtp' as const, host: '127.0.0.1', port: 0, name: mailName };

  beforeAll(async () => {
    house = await startHouse();
    const { desk } = house.as.alice;
    await desk.mailboxes.put({ id: uuid(), name: 'Support', address: deskAddress });
    const { cert, key } = certificates.good;
    await desk.mailListener.set({ ...listener, certificate: cert, key });
    port = await found(async () => {
      const state = (await desk.mailListener.get({}))?.state;
      return state?.at === null || state?.trouble !== '' ? null : Number(state.said);
    });
  });
  afterAll(() => house[Symbol.asyncDispose]());

  /** Says lines to it through OpenSSL's client, which goes over to TLS first and looks at the certificate. */
  async function talk(lines: readonly string[]): Promise<string> {
    const where = ['-connect', `127.0.0.1:${port}`, '-starttls', 'smtp', '-crlf', '-quiet'];
    const trust = ['-CAfile', path.join(folder, 'authority.pem'), '-verify_hostname', mailName, '-verify_return_error'];
    const client = spawn('openssl', ['s_client', ...where, ...trust], { stdio: ['pipe', 'pipe', 'pipe'] });
    const left = [...lines];
    let heard = '';
    const end = Promise.withResolvers<string>();
    client.on('exit', () => end.resolve(heard));
    client.stderr.on('data', (part: Buffer) => (heard += part.toString()));
    client.stdin.on('error', () => undefined);
    const say = (): void => {
      const next = left.shift();
      if (next !== undefined) client.stdin.write(`${next}\n`);
    };
    client.stdout.on('data', (part: Buffer) => {
      heard += part.toString();
      // What it heard before it went over to TLS, it shows too: one line of the answer to a greeting of its own.
      if (/^\d{3} .*\r?\n$/mu.test(part.toString()) && heard.includes('250-')) say();
    });
    say();
    return end.promise;
  }

  test('takes a mail by STARTTLS from a client that trusts its authority, and never gives its key away', async () => {
    const raw = mailOf({ Subject: 'By STARTTLS' }).replaceAll('\r\n', '\n');
    const heard = await talk([
      'EHLO customer.test',
      'MAIL FROM:<anna@customer.test>',
      `RCPT TO:<${deskAddress}>`,
      'DATA',
      `${raw}.`,
      'QUIT',
    ]);
    expect(heard).toContain('250 2.6.0 Taken');
    const came = await found(async () =>
      (await house.as.bob.desk.mails.list({ limit: 10 })).items.find(({ subject }) => subject === 'By STARTTLS'),
    );
    await until(async () => (await house.as.bob.desk.mails.get({ id: came.id })).state === 'done');
    const answer = await fetch(`${house.url}/files/mails/${came.id}`, {
      headers: { authorization: `Bearer ${house.tokens.bob}` },
    });
    expect(await answer.text()).toMatch(/^Received: from customer\.test .*\r\n\tby mail\.firm\.test with ESMTPS;/u);
    expect(JSON.stringify(await house.as.alice.desk.mailListener.get({}))).not.toContain('PRIVATE KEY');
  });

  test('refuses to be a relay, and takes no password', async () => {
    const heard = await talk([
      'EHLO customer.test',
      'AUTH PLAIN AGEAYg==',
      'MAIL FROM:<anna@customer.test>',
      'RCPT TO:<somebody@elsewhere.test>',
      'QUIT',
    ]);
    expect(heard).toMatch(/^50[0-9] /mu);
    expect(heard).toMatch(/^550 5\.1\.1/mu);
    expect(heard).not.toContain('250-AUTH');
  });

  test('a client that asks for another name goes away', async () => {
    const where = ['-connect', `127.0.0.1:${port}`, '-starttls', 'smtp'];
    const trust = ['-CAfile', path.join(folder, 'authority.pem'), '-verify_hostname', 'other.test'];
    const tried = run('openssl', ['s_client', ...where, ...trust, '-verify_return_error'], { timeout: 20_000 });
    tried.child.stdin?.end();
    await expect(tried).rejects.toMatchObject({ stderr: expect.stringContaining('ostname mismatch') as unknown });
  });

  test('a key that is of another certificate is told, and the server stays away', async () => {
    const { desk } = house.as.alice;
    await desk.mailListener.set({ ...listener, certificate: certificates.good.cert, key: certificates.other.key });
    const state = await found(async () => {
      const now = (await desk.mailListener.get({}))?.state;
      return now?.trouble === '' ? null : now;
    });
    expect(state.trouble).toBe('unreachable');
    expect(state.sentence).not.toBe('');
    expect(state.said).toMatch(/key values mismatch/iu);
  });
});

describe('the consent to a mailbox at Microsoft, given with a code', () => {
  /** What the provider answers next, and what it was asked. */
  const answers: { readonly status: number; readonly body: object }[] = [];
  const heard: URLSearchParams[] = [];
  let provider: Server;
  beforeAll(async () => {
    provider = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        heard.push(new URLSearchParams(body));
        const answer = answers.shift() ?? { status: 500, body: {} };
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => provider.close());

  test('is pending, then agreed to; the token is kept sealed and opens the mailbox', async () => {
    await using alone = await startDeskAlone({ tokenUrl: `http://127.0.0.1:${portOf(provider.address())}/token` });
    const { mailboxes } = alone.desk.handlers;
    const caller = alone.caller;
    const never = new AbortController().signal;
    const id = uuid();
    await mailboxes.put(
      asked.parse({
        id,
        name: 'Desk',
        address: 'desk@firm.test',
        incoming: { host: '127.0.0.1', port: 9, user: 'desk@firm.test', signIn: 'oauth', password: '' },
        oauth: { provider: 'microsoft', clientId: 'client-1', clientSecret: 's-1', refreshToken: '' },
      }),
      caller,
      never,
    );
    expect(await mailboxes.consented({ id }, caller, never)).toMatchObject({ answer: 'expired' });
    answers.push({
      status: 200,
      body: {
        device_code: 'device-1',
        user_code: 'ABCD-EFGH',
        verification_uri: 'https://microsoft.example/devicelogin',
        expires_in: 900,
        interval: 5,
      },
    });
    const begun = await mailboxes.consent({ id }, caller, never);
    expect(begun).toMatchObject({ code: 'ABCD-EFGH', address: 'https://microsoft.example/devicelogin', said: '' });
    expect(Object.fromEntries(heard.at(-1) ?? [])).toMatchObject({ client_id: 'client-1' });
    expect(heard.at(-1)?.get('scope')).toContain('IMAP.AccessAsUser.All');
    expect(JSON.stringify(begun)).not.toContain('device-1');
    answers.push({ status: 400, body: { error: 'authorization_pending', error_description: 'Not yet' } });
    expect(await mailboxes.consented({ id }, caller, never)).toEqual({ answer: 'pending', said: 'Not yet' });
    expect((await mailboxes.get({ id }, caller, never)).hasConsent).toBe(false);
    answers.push({ status: 200, body: { access_token: 'a-0', refresh_token: 'r-1', expires_in: 3600 } });
    expect(await mailboxes.consented({ id }, caller, never)).toMatchObject({ answer: 'agreed' });
    expect(Object.fromEntries(heard.at(-1) ?? [])).toMatchObject({ device_code: 'device-1', client_secret: 's-1' });
    const kept = await mailboxes.get({ id }, caller, never);
    expect(kept.hasConsent).toBe(true);
    expect(JSON.stringify(kept)).not.toMatch(/r-1|s-1|device-1/u);
    // The refresh token is exchanged when the mailbox is opened; the new one takes its place.
    answers.push({ status: 200, body: { access_token: 'a-1', refresh_token: 'r-2', expires_in: 10 } });
    expect((await mailboxes.test({ id }, caller, never)).incoming.trouble).toBe('connection_refused');
    expect(heard.at(-1)?.get('refresh_token')).toBe('r-1');
    answers.push({ status: 400, body: { error: 'invalid_grant', error_description: 'Withdrawn' } });
    const withdrawn = await mailboxes.test({ id }, caller, never);
    expect(heard.at(-1)?.get('refresh_token')).toBe('r-2');
    expect(withdrawn.incoming).toMatchObject({ trouble: 'consent_withdrawn' });
    expect(withdrawn.incoming.said).toContain('Withdrawn');
  });

  test('is refused, has expired, or the provider does not answer', async () => {
    await using alone = await startDeskAlone({ tokenUrl: `http://127.0.0.1:${portOf(provider.address())}/token` });
    const { mailboxes } = alone.desk.handlers;
    const { caller } = alone;
    const never = new AbortController().signal;
    const id = uuid();
    await mailboxes.put(
      asked.parse({
        id,
        name: 'Desk',
        address: 'desk@firm.test',
        oauth: { provider: 'microsoft', clientId: 'c', clientSecret: '', refreshToken: '' },
      }),
      caller,
      never,
    );
    answers.push({ status: 401, body: { error: 'invalid_client', error_description: 'No such application' } });
    expect(await mailboxes.consent({ id }, caller, never)).toMatchObject({ code: null, said: 'No such application' });
    const code = { device_code: 'd', user_code: 'U', verification_uri: 'https://microsoft.example/', expires_in: 900 };
    answers.push({ status: 200, body: code });
    await mailboxes.consent({ id }, caller, never);
    answers.push({ status: 400, body: { error: 'authorization_declined', error_description: 'No' } });
    expect(await mailboxes.consented({ id }, caller, never)).toMatchObject({ answer: 'refused', said: 'No' });
    answers.push({ status: 400, body: { error: 'expired_token' } });
    expect(await mailboxes.consented({ id }, caller, never)).toMatchObject({ answer: 'expired' });
    answers.push({ status: 502, body: {} });
    expect(await mailboxes.consented({ id }, caller, never)).toMatchObject({ answer: 'unreachable' });
    answers.push({ status: 200, body: { ...code, verification_uri: 'javascript:alert(1)' } });
    expect(await mailboxes.consent({ id }, caller, never)).toMatchObject({ code: null });
  });
});

describe('two servers and one mailbox on Dovecot', () => {
  const account = { user: `desk@${mailDomain}`, password: 'desk-1' };
  const mails = 40;
  let dovecot: Dovecot;
  let database: TestDatabase;
  const servers: ServerProcess[] = [];
  let token = '';
  const alice = (): Client => createClient({ url: servers.at(-1)?.url ?? '', token: () => token });

  beforeAll(async () => {
    dovecot = await startDovecot(certificates, [account]);
    database = await createTestDatabase();
    const first = await startServerProcess(database.url, folder);
    servers.push(first);
    const session = await createClient({ url: first.url }).people.welcome.accept({
      token: first.welcomeToken,
      name: 'Alice',
      mail: 'alice@vigie.test',
      password: castPassword,
      language: 'en',
    });
    ({ token } = session);
    servers.push(await startServerProcess(database.url, folder));
  });
  afterAll(async () => {
    for (const server of servers) await server[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
    await dovecot?.[Symbol.asyncDispose]();
  });

  const access = () => ({
    host: '127.0.0.1',
    port: dovecot.ports.imaps,
    security: 'tls' as const,
    serverName: mailName,
    user: account.user,
    signIn: { by: 'password' as const, password: account.password },
    caPem: certificates.authority,
    folder: 'INBOX',
    doneFolder: null,
  });

  test('take each mail once, also when the one that watches it dies in the middle', async () => {
    const box = await openImap(access(), 1_000_000);
    const put = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at += 1)
        await box.append('INBOX', mailOf({ Subject: `Mail ${at}`, To: account.user }));
    };
    await put(0, mails / 2);
    await alice().desk.mailboxes.put({
      id: uuid(),
      name: 'Desk',
      address: account.user,
      incoming: {
        host: '127.0.0.1',
        port: dovecot.ports.imaps,
        user: account.user,
        password: account.password,
        caPem: certificates.authority,
        pollMinutes: 1,
      },
    });
    await until(async () => (await alice().desk.mails.list({ limit: 1 })).total > 2);
    // Whichever of the two holds the mailbox: the one that was here first dies, then the other has to go on.
    await servers.shift()?.kill();
    await put(mails / 2, mails);
    await box.logout();
    await until(async () => {
      const { items, total } = await alice().desk.mails.list({ limit: 500 });
      return total >= mails && items.every(({ state }) => state === 'done');
    }, 90_000);
    const { items } = await alice().desk.mails.list({ limit: 500 });
    expect(items).toHaveLength(mails);
    expect(new Set(items.map(({ subject }) => subject)).size).toBe(mails);
    const tickets = await alice().desk.tickets.list({ limit: 200 });
    expect(tickets.items.filter(({ title }) => title.startsWith('Mail '))).toHaveLength(mails);
  });
});
