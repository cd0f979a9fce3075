import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { deskAddress, found, mailOf, startMailDesk, type MailDesk } from '../mail-desk.ts';

let house: House;
let mail: MailDesk;
let count = 0;

beforeAll(async () => {
  house = await startHouse();
  mail = await startMailDesk(house);
});
afterAll(async () => {
  await mail[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});
beforeEach(() => {
  mail.outside.behaviour = { answer: 'take' };
});

const desk = () => house.as.bob.desk;

/** Hands a mail in and waits for what becomes of it. */
async function deliver(raw: string | Buffer, envelope?: { from?: string; to?: string }) {
  await mail.deliver(raw, envelope);
  count += 1;
  await mail.settled(count);
  const [newest] = (await desk().mails.list({ limit: 1 })).items;
  if (newest === undefined) throw new Error('no mail came');
  return desk().mails.get({ id: newest.id });
}

async function opened(raw: string, envelope?: { from?: string; to?: string }) {
  const record = await deliver(raw, envelope);
  if (record.ticket === null) throw new Error(`it opened none: ${JSON.stringify(record.flight)}`);
  return { record, id: record.ticket.id, sheet: await desk().tickets.sheet({ id: record.ticket.id }) };
}

const messagesOf = async (id: string) =>
  (await desk().tickets.sheet({ id })).stream.items.flatMap((item) => (item.what === 'message' ? [item.message] : []));
const rulesOf = (record: { flight: readonly { rule: string }[] }): string[] => record.flight.map(({ rule }) => rule);

async function answer(id: string, body: string) {
  await desk().messages.add({ id, visibility: 'public', body });
  const caught = await found(() => withWords(body));
  return { caught, mail: await caught.mail };
}
async function withWords(body: string) {
  for (const each of mail.outside.caught) if ((await each.mail).text?.includes(body) === true) return each;
  return null;
}

/** A picture of one dot. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const filePart = (type: string, base64: string, disposition: string, cid = ''): string =>
  `--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: ${disposition}\r\n${cid}\r\n${base64}`;

describe('mail that comes in', () => {
  test('opens a ticket for whoever wrote it, with its words and why', async () => {
    const { record, sheet } = await opened(mailOf({ Subject: 'Re: Printer broken' }));
    expect(sheet).toMatchObject({
      title: 'Printer broken',
      kind: 'request',
      source: 'mail',
      requester: { name: 'Anna Berg', mail: 'anna@customer.test', language: 'en' },
    });
    const [first] = await messagesOf(sheet.id);
    expect(first).toMatchObject({
      fromRequester: true,
      channel: 'mail',
      mailState: 'received',
      who: { name: 'Anna Berg' },
    });
    expect(first?.body).toContain('third floor');
    expect(rulesOf(record)).toEqual(
      expect.arrayContaining([
        'received_smtp',
        'message_read',
        'person',
        'no_thread',
        'requester_made',
        'ticket_opened',
      ]),
    );
  });

  test('is answered, and an answer to that comes back to its ticket by its token, whatever the subject', async () => {
    const { id } = await opened(mailOf({ Subject: 'Badge' }));
    const { mail: out } = await answer(id, 'A new badge is on its way.');
    expect(out.subject).toMatch(/^Re: Badge \[#\d+\]$/u);
    expect(out.html).toContain('A new badge is on its way.');
    const record = await deliver(
      mailOf(
        { Subject: 'Something else', 'In-Reply-To': out.messageId ?? '' },
        'Thank you.\n\nOn Sunday, Support wrote:\n> A new badge is on its way.',
      ),
    );
    expect(record).toMatchObject({ outcome: 'reply', ticket: { id } });
    expect(rulesOf(record)).toContain('token_valid');
    const last = (await messagesOf(id)).at(-1);
    expect(last?.folds.map(({ kind }) => kind)).toContain('quoted');
    expect(last?.body).toContain('> A new badge');
  });

  test('is one message when it comes again, by another way too', async () => {
    const raw = mailOf({ Subject: 'Twice' });
    const { id } = await opened(raw);
    const again = await deliver(`Received: from elsewhere by another; Sun, 22 Nov 2026 10:00:09 +0000\r\n${raw}`);
    expect(again.outcome).toBe('again');
    expect(await messagesOf(id)).toHaveLength(1);
  });

  test('a subject alone never threads', async () => {
    const { id } = await opened(mailOf({ Subject: 'The same words' }));
    const other = await opened(mailOf({ Subject: 'Re: The same words' }));
    expect(other.id).not.toBe(id);
  });

  test('a reply to a merged ticket is read in the one that stayed, and the address alone finds it', async () => {
    const one = await opened(mailOf({ Subject: 'First' }));
    const { mail: out } = await answer(one.id, 'We look into it now.');
    const other = await opened(mailOf({ Subject: 'Second' }));
    await desk().merges.merge({ ids: [one.id], intoId: other.id });
    const address = out.replyTo?.[0]?.address ?? '';
    expect(address).toMatch(/^help\+t/u);
    const record = await deliver(mailOf({ Subject: 'More', To: address }), { to: address });
    expect(record).toMatchObject({ outcome: 'reply', ticket: { id: other.id } });
    expect(rulesOf(record)).toEqual(expect.arrayContaining(['plus_address', 'reply_merged']));
  });

  test('a reply opens again what was over', async () => {
    const { id } = await opened(mailOf({ Subject: 'Over' }));
    const { mail: out } = await answer(id, 'This should do it.');
    await desk().tickets.move({ id, to: 'resolved', reason: '' });
    const record = await deliver(mailOf({ 'In-Reply-To': out.messageId ?? '' }, 'It does not.'));
    expect(rulesOf(record)).toContain('reply_reopened');
    expect((await desk().tickets.sheet({ id })).state).toBe('in_progress');
  });

  test('a stranger with the token is kept apart until somebody takes them in', async () => {
    const { id } = await opened(mailOf({ Subject: 'Private' }));
    const { mail: out } = await answer(id, 'Only for you.');
    const record = await deliver(
      mailOf({ From: 'Eve <eve@elsewhere.test>', 'In-Reply-To': out.messageId ?? '' }, 'Send it to me.'),
    );
    expect(record.outcome).toBe('note');
    expect((await messagesOf(id)).at(-1)).toMatchObject({ visibility: 'note', fromRequester: false });
    expect((await desk().mails.ofTicket({ id })).messages.at(-1)).toMatchObject({ trusted: false });
    const sheet = await desk().mails.trust({ id: record.id });
    expect(sheet.participants).toMatchObject([{ mail: 'eve@elsewhere.test' }]);
    expect((await messagesOf(id)).at(-1)).toMatchObject({ visibility: 'public', fromRequester: true });
  });

  test('forwarded mail offers the one who first wrote it', async () => {
    const { record, id } = await opened(
      mailOf(
        { From: 'Dan Leroy <dan@vigie.test>', Subject: 'Fwd: No network' },
        'Please help her.\n\n---------- Forwarded message ---------\nFrom: Mia Lund <mia@customer.test>\nDate: Sun, Nov 22, 2026\nSubject: No network\nTo: Dan <dan@vigie.test>\n\nThe network is down, rack quagga.',
      ),
    );
    // What was passed on is folded below the words of whoever did, and found all the same.
    expect((await desk().search({ words: 'quagga' })).items.map((each) => each.id)).toEqual([id]);
    expect((await desk().mails.ofTicket({ id })).messages[0]).toMatchObject({
      forwardedFrom: { name: 'Mia Lund', address: 'mia@customer.test' },
    });
    const sheet = await desk().mails.adopt({ id: record.id });
    expect(sheet.requester).toMatchObject({ name: 'Mia Lund' });
    expect(sheet.participants).toMatchObject([{ mail: 'dan@vigie.test', personId: house.ids.dan }]);
  });

  test('what is not read within bounds is set aside whole, with its reason, and can become a ticket by hand', async () => {
    const record = await deliver(`X-Long: ${'a'.repeat(2_200_000)}\r\n\r\nhello`, { from: 'odd@customer.test' });
    expect(record).toMatchObject({ state: 'aside', outcome: null });
    expect(record.reason).not.toBe('');
    expect((await desk().mails.list({ which: 'aside' })).items.map(({ id }) => id)).toContain(record.id);
    const raw = await fetch(`${house.url}/files/mails/${record.id}`, {
      headers: { authorization: `Bearer ${house.tokens.bob}` },
    });
    expect((await raw.arrayBuffer()).byteLength).toBe(record.sizeBytes);
    const made = await desk().mails.toTicket({ id: record.id });
    expect(made.ticket).not.toBeNull();
    const [message] = await messagesOf(made.ticket?.id ?? '');
    expect(message?.attachments).toMatchObject([{ sizeBytes: record.sizeBytes }]);
  });

  test('files come along: an image in the text, an invitation, a program that is marked', async () => {
    const body = [
      '--b\r\nContent-Type: text/html\r\n\r\n<p>See <img src="cid:logo@x"></p>',
      `--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Installation\r\nDTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR`,
      filePart('image/png; name="logo.png"', dot, 'inline', 'Content-ID: <logo@x>\r\n'),
      filePart(
        'application/octet-stream; name="setup.exe"',
        Buffer.from('MZ program').toString('base64'),
        'attachment',
      ),
      '--b--',
    ].join('\r\n');
    const { record, id } = await opened(
      mailOf({ Subject: 'Files', 'Content-Type': 'multipart/mixed; boundary=b' }, '').trimEnd() + `\r\n\r\n${body}\r\n`,
    );
    const [message] = await messagesOf(id);
    const names = message?.attachments.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['logo.png', 'setup.exe']));
    expect(message?.attachments.find(({ name }) => name === 'setup.exe')?.runs).toBe(true);
    expect(rulesOf(record)).toEqual(expect.arrayContaining(['program_attached', 'calendar_invite']));
    expect((await desk().mails.ofTicket({ id })).messages[0]?.calendar).toMatchObject({ summary: 'Installation' });
  });
});

const report = (messageId: string): string =>
  mailOf(
    {
      From: 'MAILER-DAEMON@customer.test',
      Subject: 'Undelivered Mail Returned to Sender',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r',
    },
    `--r\n\nIt did not arrive.\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.customer.test\n\nFinal-Recipient: rfc822; anna@customer.test\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n\n--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${messageId}\nSubject: Gone\n--r--`,
  );

describe('what programs write', () => {
  test('an absence notice becomes a note and opens nothing again; a list is never answered', async () => {
    const { id } = await opened(mailOf({ Subject: 'Away' }));
    const { mail: out } = await answer(id, 'Please try it again.');
    await desk().tickets.move({ id, to: 'resolved', reason: '' });
    const away = await deliver(
      mailOf({
        Subject: 'Automatic reply: Away',
        'Auto-Submitted': 'auto-replied',
        'In-Reply-To': out.messageId ?? '',
      }),
    );
    expect(away).toMatchObject({ outcome: 'note', kind: 'auto_reply' });
    expect((await desk().tickets.sheet({ id })).state).toBe('resolved');
    const list = await opened(mailOf({ Subject: 'News', 'List-Id': '<news.customer.test>' }));
    expect(rulesOf(list.record)).toContain('list_header');
    const deliveries = (await desk().mails.ofTicket({ id: list.id })).deliveries;
    expect(deliveries).toMatchObject([{ kind: 'confirmation', state: 'held' }]);
  });

  test('a bounce is shown on the mail that it is about, and a bounce of nothing is kept', async () => {
    const { id } = await opened(mailOf({ Subject: 'Gone' }));
    const { mail: out, caught } = await answer(id, 'This will bounce.');
    expect(caught.from).toMatch(/^help\+b/u);
    const bounce = await deliver(report(out.messageId ?? ''), { from: '', to: caught.from });
    expect(bounce).toMatchObject({ outcome: 'bounce', kind: 'bounce', ticket: { id } });
    expect((await messagesOf(id)).at(-1)).toMatchObject({ mailState: 'bounced' });
    const delivery = (await desk().mails.ofTicket({ id })).deliveries.find(({ kind }) => kind === 'answer');
    expect(delivery).toMatchObject({ state: 'bounced' });
    expect(delivery?.said).toContain('550 no such user');
    expect(await deliver(report('<unknown@elsewhere.test>'), { from: '' })).toMatchObject({ outcome: 'kept' });
    await desk().mails.resend({ id: delivery?.id ?? '' });
    await found(async () =>
      (await desk().mails.ofTicket({ id })).deliveries.some((each) => each.kind === 'answer' && each.state === 'sent')
        ? true
        : null,
    );
  });

  test('the desk’s own mail that comes back is kept and read by nobody', async () => {
    const { id } = await opened(mailOf({ Subject: 'Own' }));
    const { mail: out } = await answer(id, 'Own mail.');
    expect(await deliver(mailOf({ 'Message-ID': out.messageId ?? '', Subject: 'Own back' }))).toMatchObject({
      kind: 'own',
      outcome: 'kept',
    });
  });

  test('a sender whom the own server calls forged is flagged, and hears nothing', async () => {
    const box = await house.as.alice.desk.mailboxes.get({ id: mail.mailboxId });
    await house.as.alice.desk.mailboxes.put({ ...box, authservId: 'mx.desk.test' });
    const { record, id } = await opened(
      mailOf({
        'Authentication-Results': 'mx.desk.test; dmarc=fail header.from=customer.test',
        Subject: 'Change my bank account',
      }),
    );
    expect(record.spoofed).toBe(true);
    const { messages, deliveries } = await desk().mails.ofTicket({ id });
    expect(messages[0]).toMatchObject({ spoofed: true, trusted: false });
    expect(deliveries).toMatchObject([{ state: 'held' }]);
    expect((await desk().mails.list({ which: 'flagged' })).items.map((each) => each.id)).toContain(record.id);
  });
});

describe('mail that goes out', () => {
  test('a confirmation in the writer’s language, marked as a program’s, and no quote of what was written', async () => {
    const { record, id } = await opened(
      mailOf(
        { From: 'Léa Roy <lea@client.test>', Subject: 'Imprimante' },
        'Bonjour, je ne peux pas imprimer sur le poste 12, merci.',
      ),
      { from: 'lea@client.test' },
    );
    expect(rulesOf(record)).toContain('answer_allowed');
    const caught = await found(() => mail.outside.caught.find(({ to }) => to.includes('lea@client.test')));
    const sent = await caught.mail;
    expect(sent.text).toContain('Bonjour Léa Roy,');
    expect(sent.text).not.toContain('poste 12');
    expect(sent.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-replied');
    expect((await desk().mails.ofTicket({ id })).deliveries).toMatchObject([{ kind: 'confirmation' }]);
  });

  test('the answer carries what the reader needs, waits while the server is away, and says so on the ticket', async () => {
    mail.outside.behaviour = { answer: 'refuse', code: 451, words: 'greylisted' };
    const { id } = await opened(mailOf({ Subject: 'Later', From: 'Tom <tom@late.test>' }));
    await desk().messages.add({ id, visibility: 'public', body: 'It is done.' });
    const waiting = await found(async () =>
      (await desk().mails.ofTicket({ id })).deliveries.find(({ kind, tries }) => kind === 'answer' && tries > 0),
    );
    expect(waiting).toMatchObject({ state: 'waiting' });
    const said = await found(async () => {
      const [delivery] = (await desk().mails.ofTicket({ id })).deliveries.filter(({ kind }) => kind === 'answer');
      return delivery?.said === '' ? null : delivery?.said;
    });
    expect(said).toContain('greylisted');
    expect((await messagesOf(id)).at(-1)).toMatchObject({ mailState: 'waiting' });
  });

  test('a note never leaves', async () => {
    const { id } = await opened(mailOf({ Subject: 'Quiet' }));
    await desk().messages.add({ id, visibility: 'note', body: 'She is difficult.' });
    const { deliveries } = await desk().mails.ofTicket({ id });
    expect(deliveries.filter(({ kind }) => kind === 'answer')).toEqual([]);
  });
});

const letter = (): string => mailOf({ From: 'Shop <news@shop.test>', Subject: `Offers ${count}` });

describe('rules', () => {
  test('are played on past mail before they count, and then hold', async () => {
    const rule = {
      id: '019a0000-0000-7000-8000-0000000000aa',
      name: 'Newsletters',
      active: true,
      when: { mailboxIds: [], from: ['news@shop.test'], to: [], subject: [], words: [], kinds: [] },
      effects: { becomes: 'keep' as const, tags: [], silent: false },
    };
    const first = await opened(letter());
    const played = await desk().mailRules.replay({ items: [rule] });
    expect(played).toMatchObject({
      changed: 1,
      items: [
        { mailId: first.record.id, before: { becomes: 'ticket' }, after: { becomes: 'keep', rules: ['Newsletters'] } },
      ],
    });
    expect(played.looked).toBeGreaterThan(5);
    await house.as.alice.desk.mailRules.set({ items: [rule] });
    expect(await deliver(letter())).toMatchObject({ outcome: 'kept', ticket: null });
    await expect(desk().mailRules.set({ items: [] })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('secrets', () => {
  test('stay in the vault, and never travel to a changed server', async () => {
    const { desk: settings } = house.as.alice;
    const id = '019a0000-0000-7000-8000-0000000000bb';
    const box = {
      id,
      name: 'Other',
      address: 'other@desk.test',
      active: false,
      incoming: { host: '127.0.0.1', port: 993, user: 'other', password: 'very secret' },
    };
    const kept = await settings.mailboxes.put(box);
    expect(JSON.stringify(kept)).not.toContain('very secret');
    expect(kept.incoming?.password).toBe('••••••••');
    await expect(
      settings.mailboxes.put({ ...box, incoming: { ...box.incoming, host: '127.0.0.2', password: '••••••••' } }),
    ).rejects.toMatchObject({ code: 'secret_again' });
    await expect(
      settings.mailboxes.put({ ...box, incoming: { ...box.incoming, host: '169.254.169.254', password: 'x' } }),
    ).rejects.toMatchObject({ code: 'address_forbidden' });
    const tested = await settings.mailboxes.test({ id });
    expect(tested).toMatchObject({ incoming: { trouble: 'connection_refused' }, outgoing: { trouble: 'not_set' } });
    await expect(desk().mailboxes.put(box)).rejects.toMatchObject({ code: 'forbidden' });
    await settings.mailboxes.remove({ id });
    expect((await settings.mailboxes.list({})).items.map(({ address }) => address)).toEqual([deskAddress]);
  });
});
