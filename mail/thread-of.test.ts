import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authenticationOf } from './authentication-results.ts';
import { forwardedFrom } from './forwarded-from.ts';
import { message, mixed, multipart } from './testing/messages.ts';
import { standingOf, threadOf } from './thread-of.ts';
import {
  messageIdFor,
  messageIdOf,
  plusAddress,
  ticketOfAddress,
  ticketOfId,
  type MailKeys,
} from './thread/mail-token.ts';

const old = { id: 'a', secret: Buffer.alloc(32, 1) };
const current = { id: 'b', secret: Buffer.alloc(32, 2) };
const keys: MailKeys = [current, old];
const ticket = '019a0000-0000-7000-8000-000000000012';
const other = '019a0000-0000-7000-8000-000000000013';
const none = new Map<string, string>();

describe('the signed id', () => {
  test('names its ticket, whatever a server does to the case, also under the key before', () => {
    for (const each of [keys, [old]] as const) {
      const id = messageIdOf(ticket, 'firm.example', each);
      expect(ticketOfId(id.toUpperCase(), keys)).toBe(ticket);
    }
    expect(messageIdFor(ticket, 'delivery-1', 'firm.example', keys)).toBe(
      messageIdFor(ticket, 'delivery-1', 'firm.example', keys),
    );
  });

  test('is worth nothing when any sign of it is changed', () => {
    const id = messageIdOf(ticket, 'firm.example', keys);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: id.indexOf('@') - 1 }),
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567.'.split('')),
        (at, sign) => {
          const changed = id.slice(0, at) + sign + id.slice(at + 1);
          fc.pre(changed !== id);
          expect(ticketOfId(changed, keys)).toBeNull();
        },
      ),
    );
    expect(ticketOfId(id, [{ id: 'b', secret: Buffer.alloc(32, 3) }])).toBeNull();
  });

  test('of an address is another than that of a bounce or of a message', () => {
    const address = plusAddress('desk@firm.example', ticket, 'address', keys) ?? '';
    expect(ticketOfAddress(address.toUpperCase(), keys)).toEqual({ ticket, place: 'address' });
    expect(ticketOfAddress(address.replace('+t', '+b'), keys)).toBeNull();
    expect(plusAddress(`${'long'.repeat(10)}@firm.example`, ticket, 'address', keys)).toBeNull();
  });
});

describe('to which ticket a message belongs', () => {
  const id = messageIdOf(ticket, 'firm.example', keys);
  test('first the signed id, in any place of the references', () => {
    const read = message({ References: `<x@y.example> ${id} <z@y.example>` });
    expect(threadOf(read, [], keys, new Map([['<z@y.example>', other]]))).toMatchObject({ ticket, by: 'token' });
  });

  test('then the address to which it came', () => {
    const to = plusAddress('desk@firm.example', ticket, 'address', keys) ?? '';
    expect(
      threadOf(message({ References: '<z@y.example>' }), [to], keys, new Map([['<z@y.example>', other]])),
    ).toMatchObject({ ticket, by: 'address' });
    expect(threadOf(message({ Cc: to }), [], keys, none)).toMatchObject({ ticket, by: 'address' });
  });

  test('then any id that is known: also that of the requester’s own first mail', () => {
    expect(
      threadOf(message({ 'In-Reply-To': '<first@example.com>' }), [], keys, new Map([['<first@example.com>', ticket]])),
    ).toMatchObject({ ticket, by: 'known_id' });
  });

  test('never by the subject', () => {
    const read = message({ Subject: 'Re: Printer [#1234]' });
    expect(threadOf(read, [], keys, none)).toMatchObject({
      ticket: null,
      by: null,
      steps: [{ rule: 'no_thread', evidence: 'Re: Printer [#1234]' }],
    });
  });

  test('a forged id is told, and ignored', () => {
    const forged = id.replace(/.@/u, (end) => (end.startsWith('a') ? 'b@' : 'a@'));
    expect(threadOf(message({ References: forged }), [], keys, none)).toMatchObject({
      ticket: null,
      steps: [{ rule: 'token_forged' }, { rule: 'no_thread' }],
    });
  });

  test('a stranger’s reply is marked, and so is a forged one', () => {
    expect(standingOf(message({}), ['JANE@example.com'], false).standing).toBe('participant');
    expect(standingOf(message({}), ['paul@example.com'], false)).toMatchObject({
      standing: 'stranger',
      steps: [{ rule: 'writer_stranger', outcome: 'unverified' }],
    });
    expect(standingOf(message({}), ['jane@example.com'], true).standing).toBe('spoofed');
    expect(
      standingOf(message({ From: 'jane@example.com, thief@evil.example' }), ['jane@example.com'], false).standing,
    ).toBe('stranger');
  });
});

describe('who first wrote what was passed on', () => {
  test.each([
    [
      'Gmail',
      'Fwd: Printer',
      'See below\n\n---------- Forwarded message ---------\nFrom: Paul Smith <paul@example.com>\nDate: Mon, Nov 3, 2025 at 10:12 AM\nSubject: Printer\nTo: jane@example.com\n\nIt fails.',
    ],
    [
      'Outlook in French',
      'TR: Imprimante',
      'Pour vous.\n\nDe : Paul Smith <paul@example.com>\nEnvoyé : lundi 3 novembre 2025 10:12\nÀ : jane@example.com\nObjet : Imprimante\n\nPanne.',
    ],
    [
      'Outlook of old',
      'FW: Printer',
      '-----Original Message-----\nFrom: Paul Smith [mailto:paul@example.com]\nSent: Monday, November 3, 2025 10:12 AM\nTo: jane@example.com\nSubject: Printer\n\nIt fails.',
    ],
  ])('by %s', (_name, subject, body) => {
    expect(forwardedFrom(message({ Subject: subject }, body))).toEqual({
      name: 'Paul Smith',
      address: 'paul@example.com',
    });
  });

  test('as an attached message', () => {
    const body = multipart(
      'Content-Type: text/plain\n\nSee',
      'Content-Type: message/rfc822\n\nFrom: Paul Smith <paul@example.com>\nSubject: Printer\n\nIt fails.',
    );
    expect(forwardedFrom(message({ ...mixed, Subject: 'Fwd: Printer' }, body))?.address).toBe('paul@example.com');
  });

  test('nobody, where it is a reply', () => {
    expect(
      forwardedFrom(
        message(
          { Subject: 'Re: Printer' },
          'Yes\n\nFrom: Desk <desk@firm.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: jane@example.com\nSubject: Printer\n\nWell?',
        ),
      ),
    ).toBeNull();
  });
});

const said = (...lines: readonly string[]) =>
  message(
    Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])),
  );

describe('what our own mail server says of the sender', () => {
  test.each([
    ['DMARC passed', 'mx.firm.example; dmarc=pass header.from=example.com', 'passed'],
    [
      'DMARC failed',
      'mx.firm.example; spf=pass smtp.mailfrom=evil.example; dmarc=fail (p=none) header.from=example.com',
      'failed',
    ],
    [
      'DKIM of the sender’s domain',
      'mx.firm.example 1; dkim=pass (2048-bit key) header.d=example.com header.s=s1',
      'passed',
    ],
    [
      'DKIM of another domain, SPF failed',
      'mx.firm.example; dkim=pass header.d=evil.example; spf=fail smtp.mailfrom=example.com',
      'failed',
    ],
    ['nothing', 'mx.firm.example; none', 'unknown'],
    [
      'a comment that pretends',
      'mx.firm.example; spf=fail (dmarc=pass header.from=example.com) smtp.mailfrom=example.com',
      'failed',
    ],
  ])('%s', (_name, value, verdict) => {
    expect(authenticationOf(said(`Authentication-Results: ${value}`), 'mx.firm.example')).toMatchObject({
      verdict,
      isSpoofed: verdict === 'failed',
    });
  });

  test('another server’s word, and one below other servers’ lines, count for nothing', () => {
    expect(
      authenticationOf(said('Authentication-Results: mx.evil.example; dmarc=pass'), 'mx.firm.example').steps[0]?.rule,
    ).toBe('auth_missing');
    const raw = message({
      Received: 'from a',
      received: 'from b',
      'Authentication-Results': 'mx.firm.example; dmarc=pass',
    });
    expect(authenticationOf(raw, 'mx.firm.example').steps[0]?.rule).toBe('auth_missing');
    expect(authenticationOf(raw, null).steps[0]?.rule).toBe('auth_not_set_up');
  });
});
