import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mailNotice, type IncidentNotice } from '../notify-outside.ts';
import { startDovecot, type Dovecot } from './daemons/dovecot.ts';
import { mailAccounts, mailCertificates, mailDomain } from './daemons/mail-material.ts';
import { startPostfix, type Postfix } from './daemons/postfix.ts';

const certificates = mailCertificates();
const { alice } = mailAccounts;
let dovecot: Dovecot;
let postfix: Postfix;

beforeAll(async () => {
  dovecot = await startDovecot(certificates, Object.values(mailAccounts));
  postfix = await startPostfix(certificates, dovecot.ports);
});
afterAll(async () => {
  await postfix[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

/** The mails in Alice's mailbox as they arrived, oldest first (POP3, RFC 1939). */
function mailbox(): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: dovecot.ports.pop3s, host: '127.0.0.1', ca: certificates.authority });
    const mails: string[] = [];
    const ways = [`USER ${alice.user}`, `PASS ${alice.password}`, 'STAT'];
    let left = 0;
    let heard = '';
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('data', (part: string) => {
      heard += part;
      const whole = ways.length > 0 || left === 0 ? heard.endsWith('\r\n') : heard.endsWith('\r\n.\r\n');
      if (!whole) return;
      if (heard.startsWith('-ERR')) return reject(new Error(heard));
      const stat = /^\+OK (?<count>\d+) \d+\r\n$/u.exec(heard)?.groups?.['count'];
      if (ways.length === 0 && left === 0 && stat !== undefined) left = Number(stat) + 1;
      else if (ways.length === 0 && left > 0) mails.push(heard);
      heard = '';
      const next = ways.shift();
      if (next !== undefined) return socket.write(`${next}\r\n`);
      left -= 1;
      if (left > 0) return socket.write(`RETR ${mails.length + 1}\r\n`);
      socket.end('QUIT\r\n');
      return resolve(mails);
    });
  });
}

const ticketId = '019a0000-0000-7000-8000-000000000012';
const incident = {
  number: 12,
  ticketId,
  title: { en: 'web-1: refused', fr: 'web-1\u00A0: connexion refusée' },
  priority: 'critical',
  cause: 'web-1',
  failingSince: '2026-11-20T08:00:00.000Z',
  goodSince: null,
  outageSeconds: null,
  causeText: '',
  remedyText: '',
  resolvedBy: '',
};

type Access = Parameters<typeof mailNotice>[0];

function send(server: Access, notice: IncidentNotice, id: string, to: string = alice.user) {
  return mailNotice(server, { id: `019a0000-0000-7000-8000-00000000000${id}`, notice, to, language: 'fr' });
}

const saying = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const access = (change: Partial<Access> = {}): Access => ({
  host: '127.0.0.1',
  port: postfix.ports.smtp,
  security: 'starttls',
  user: alice.user,
  password: alice.password,
  from: `vigie@${mailDomain}`,
  caPem: certificates.authority,
  ...change,
});
const opened: IncidentNotice = { about: 'opened', ...incident };

describe('a notice by Postfix', () => {
  it('goes by STARTTLS and by TLS, signed in, and an incident is one thread in the mailbox', async () => {
    const solved: IncidentNotice = {
      about: 'solved',
      ...incident,
      goodSince: '2026-11-20T08:04:12.000Z',
      outageSeconds: 252,
    };
    expect(await send(access(), opened, 'a')).toMatchObject({
      end: 'delivered',
      detail: saying(/^250 .*queued/u),
    });
    const tls = access({ port: postfix.ports.smtps, security: 'tls' });
    expect(await send(tls, solved, 'b')).toMatchObject({ end: 'delivered' });
    const [first = '', second = ''] = await vi.waitFor(
      async () => {
        const mails = await mailbox();
        expect(mails).toHaveLength(2);
        return mails;
      },
      { timeout: 15_000, interval: 300 },
    );
    for (const [mail, id] of [
      [first, 'a'],
      [second, 'b'],
    ] as const) {
      expect(mail).toContain(`Message-ID: <019a0000-0000-7000-8000-00000000000${id}@${mailDomain}>`);
      expect(mail).toContain(`References: <vigie-${ticketId}@${mailDomain}>`);
      expect(mail).toContain(`In-Reply-To: <vigie-${ticketId}@${mailDomain}>`);
      expect(mail).toContain('Auto-Submitted: auto-generated');
      expect(mail).toMatch(/List-Id: Vigie <notices\.vigie\.firm\.test>/iu);
      expect(mail).toMatch(/with ESMTPSA/u);
      expect(mail).toContain('multipart/alternative');
    }
    expect(first).toContain('X-Priority: 1');
    expect(second).not.toContain('X-Priority: 1');
  });

  it('waits while the server refuses the password, shows a certificate of a stranger, or speaks no TLS', async () => {
    const wrong = await send(access({ password: 'wrong' }), opened, 'a');
    expect(wrong).toMatchObject({ end: 'later', detail: saying(/^535/u) });
    expect(await send(access({ caPem: '' }), opened, 'a')).toMatchObject({
      end: 'later',
      reason: 'unreachable',
    });
    expect(await send(access({ port: postfix.ports.expired }), opened, 'a')).toMatchObject({
      end: 'later',
      detail: saying(/expired/u),
    });
    const without = await send(access({ port: postfix.ports.withoutTls }), opened, 'a');
    expect(without.end).toBe('later');
  });

  it('is given up where the server will never take it', async () => {
    const outcome = await send(access({ user: '', password: null }), opened, 'c', 'a@elsewhere.example');
    expect(outcome).toMatchObject({ end: 'refused', detail: saying(/^554 .*Relay access denied/u) });
  });
});
