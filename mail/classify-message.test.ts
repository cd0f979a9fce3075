import { describe, expect, test } from 'vitest';
import { classifyMessage } from './classify-message.ts';
import { message, mixed, multipart } from './testing/messages.ts';
import { messageIdOf, type MailKeys } from './thread/mail-token.ts';

const keys: MailKeys = [{ id: 'a', secret: Buffer.alloc(32, 1) }];
const unknown = { from: null, to: [] };
const ticket = '019a0000-0000-7000-8000-000000000012';

describe('who wrote it', () => {
  test.each([
    ['a person', {}, 'person', 'person'],
    ['Auto-Submitted: no', { 'Auto-Submitted': 'no' }, 'person', 'person'],
    ['RFC 3834', { 'Auto-Submitted': 'auto-replied (vacation)' }, 'auto_reply', 'auto_submitted'],
    ['old vacation programs', { 'X-Autoreply': 'yes' }, 'auto_reply', 'auto_header'],
    ['Exchange’s rules', { 'X-MS-Exchange-Inbox-Rules-Loop': 'x@y.example' }, 'auto_reply', 'auto_header'],
    ['Precedence', { Precedence: 'auto_reply' }, 'auto_reply', 'auto_precedence'],
    ['a list', { 'List-Id': '<users.lists.example>' }, 'list', 'list_header'],
    ['bulk', { Precedence: 'bulk' }, 'list', 'list_precedence'],
    ['a null path', { 'Return-Path': '<>' }, 'auto_reply', 'null_return_path'],
    ['no-reply', { From: 'No reply <noreply@shop.example>' }, 'auto_reply', 'robot_sender'],
    ['ne-pas-répondre', { From: 'ne-pas-repondre@banque.example' }, 'auto_reply', 'robot_sender'],
    ['Réponse automatique', { Subject: 'Réponse automatique : Imprimante' }, 'auto_reply', 'auto_subject'],
    ['Absence du bureau', { Subject: 'Absence du bureau' }, 'auto_reply', 'auto_subject'],
    ['Automatic reply', { Subject: 'Automatic reply: Printer' }, 'auto_reply', 'auto_subject'],
    ['Out of Office', { Subject: 'Out of Office: Re: Printer' }, 'auto_reply', 'auto_subject'],
    ['a question about absences', { Subject: 'Out of office assistant does not work' }, 'person', 'person'],
    ['a receipt', { Subject: 'Lu : Imprimante', References: '<x@y.example>' }, 'read_receipt', 'read_receipt'],
    [
      'a DMARC report',
      { Subject: 'Report Domain: firm.example Submitter: mail.example Report-ID: 1' },
      'dmarc_report',
      'dmarc_report',
    ],
    ['our own mail', { 'Message-ID': messageIdOf(ticket, 'firm.example', keys) }, 'own', 'own_mail'],
  ])('%s', (_name, headers, kind, rule) => {
    const judged = classifyMessage(message(headers), unknown, keys);
    expect(judged.kind).toBe(kind);
    expect(judged.steps[0]?.rule).toBe(rule);
    expect(judged.mayBeAnswered).toBe(kind === 'person');
  });

  test('an absence told in words alone, as an answer', () => {
    const body = 'Bonjour,\nJe suis absente du bureau jusqu’au 12 novembre, merci de contacter l’accueil.';
    expect(classifyMessage(message({ 'In-Reply-To': '<1@x.example>' }, body), unknown, keys)).toMatchObject({
      kind: 'auto_reply',
      steps: [{ rule: 'auto_text' }],
    });
    expect(classifyMessage(message({}, body), unknown, keys).kind).toBe('person');
  });

  test('a person who asks for silence is a person, and gets no automatic answer', () => {
    expect(classifyMessage(message({ 'X-Auto-Response-Suppress': 'All' }), unknown, keys)).toMatchObject({
      kind: 'person',
      mayBeAnswered: false,
    });
  });

  test('the envelope’s empty sender counts before the header', () => {
    expect(classifyMessage(message({}), { from: '', to: [] }, keys).mayBeAnswered).toBe(false);
  });

  test('the answer to an invitation', () => {
    const body = multipart(
      'Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR',
    );
    expect(classifyMessage(message(mixed, body), unknown, keys).kind).toBe('calendar_answer');
  });
});

describe('bounces', () => {
  const ours = messageIdOf(ticket, 'firm.example', keys);
  const report = (action: string): string =>
    multipart(
      'Content-Type: text/plain\n\nI am sorry.',
      `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.firm.example\n\nFinal-Recipient: rfc822; jane@example.com\nAction: ${action}\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such\n user`,
      `Content-Type: text/rfc822-headers\n\nMessage-ID: ${ours}\nSubject: Printer`,
    );
  const status = {
    From: 'MAILER-DAEMON@firm.example',
    'Return-Path': '<>',
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
  };

  test('RFC 3464: who, why, and which mail came back', () => {
    const judged = classifyMessage(message(status, report('failed')), unknown, keys);
    expect(judged).toMatchObject({ kind: 'bounce', mayBeAnswered: false, steps: [{ rule: 'bounce_report' }] });
    expect(judged.bounce).toEqual({
      outcome: 'failed',
      recipients: [{ address: 'jane@example.com', status: '5.1.1', said: '550 5.1.1 No such user' }],
      returnedId: ours,
      returnedReferences: [ours],
    });
  });

  test('a delay is none', () => {
    expect(classifyMessage(message(status, report('delayed')), unknown, keys).kind).toBe('delay_notice');
  });

  test('a bounce of a bounce is a bounce, and answered by nobody', () => {
    const outer = multipart(
      'Content-Type: text/plain\n\nUndeliverable',
      'Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; postmaster@example.com\nAction: failed\nStatus: 5.0.0',
      'Content-Type: message/rfc822\n\nFrom: MAILER-DAEMON@firm.example\nMessage-ID: <b@firm.example>\nSubject: Undelivered Mail',
    );
    expect(classifyMessage(message(status, outer), { from: '', to: [] }, keys)).toMatchObject({
      kind: 'bounce',
      mayBeAnswered: false,
      bounce: { returnedId: '<b@firm.example>' },
    });
  });

  test.each([
    [
      'qmail',
      "Hi. This is the qmail-send program at example.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<jane@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <m@firm.example>\nTo: other@example.com",
    ],
    [
      'Exchange 5.5',
      'Your message\n\n  To:      jane@example.com\n  Subject: Printer\n  Sent:    Mon, 3 Nov 2025 10:12:33\n\ndid not reach the following recipient(s):\n\njane@example.com on Mon, 3 Nov 2025 10:12:40\n    The recipient name is not recognized',
    ],
    [
      'Lotus',
      'Your message\n\n   Subject: Printer\n\nwas not delivered to:\n\n   jane@example.com\n\nbecause:\n\n   User jane (jane@example.com) not listed in Domino Directory',
    ],
    [
      'Exim',
      'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  jane@example.com\n    550 5.1.1 Unknown user\n\n------ This is a copy of the message ------\nMessage-ID: <m@firm.example>',
    ],
    ['a French server', 'Votre message n’a pas pu être remis à :\n\n  jane@example.com\n\nAdresse introuvable'],
  ])('as %s writes them', (_name, body) => {
    const judged = classifyMessage(
      message({ From: 'postmaster@example.com', Subject: 'failure notice' }, body.replaceAll('’', "'")),
      unknown,
      keys,
    );
    expect(judged).toMatchObject({ kind: 'bounce', steps: [{ rule: 'bounce_text' }] });
    expect(judged.bounce?.recipients.map(({ address }) => address)).toEqual(['jane@example.com']);
    expect(judged.bounce?.returnedId).toBe(body.includes('Message-ID') ? '<m@firm.example>' : null);
  });

  test('a person who writes of a mail that came back is a person', () => {
    expect(
      classifyMessage(
        message({ Subject: 'Undeliverable mail' }, 'My mail could not be delivered to paul@example.com'),
        unknown,
        keys,
      ).kind,
    ).toBe('person');
  });
});
