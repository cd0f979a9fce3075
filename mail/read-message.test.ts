import { describe, expect, test } from 'vitest';
import { usualLimits } from './message.ts';
import { readMessage } from './read-message.ts';
import { alternative, message, mixed, multipart, rawMessage } from './testing/messages.ts';

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const typed = (charset: string): Record<string, string> => ({
  'Content-Type': `text/plain${charset === '' ? '' : `; charset=${charset}`}`,
});

describe('character sets', () => {
  const summer = Buffer.from('Un été à la forêt');
  const latin = Buffer.from('Un été à la forêt', 'latin1');
  test.each([
    ['what it says', 'utf-8', summer, 'Un été à la forêt', null],
    ['UTF-8 called Latin-1', 'iso-8859-1', summer, 'Un été à la forêt', 'wrong_label'],
    ['Windows-1252 called Latin-1', 'iso-8859-1', bytes(0x93, 0x4f, 0x75, 0x69, 0x94, 0x20, 0x80), '“Oui” €', null],
    ['Latin-1 called UTF-8', 'utf-8', latin, 'Un été à la forêt', 'wrong_label'],
    ['Latin-1 called ASCII', 'us-ascii', latin, 'Un été à la forêt', 'wrong_label'],
    ['Latin-1 without a label', '', latin, 'Un été à la forêt', 'no_label'],
    ['UTF-8 without a label', '', summer, 'Un été à la forêt', null],
    ['a label that does not exist', 'x-nonsense', summer, 'Un été à la forêt', 'wrong_label'],
    ['UTF-8 encoded twice', 'utf-8', Buffer.from('Un Ã©tÃ© â‚¬'), 'Un été €', 'mojibake'],
    ['UTF-7', 'utf-7', Buffer.from('Un +AOk-t+AOk- +- 1'), 'Un été + 1', null],
    ['GB18030', 'gb18030', bytes(0xc4, 0xe3, 0xba, 0xc3), '你好', null],
    ['ISO-2022-JP', 'iso-2022-jp', bytes(0x1b, 0x24, 0x42, 0x24, 0x33, 0x24, 0x73, 0x1b, 0x28, 0x42), 'こん', null],
    [
      'ISO-2022-JP without a label',
      '',
      bytes(0x1b, 0x24, 0x42, 0x24, 0x33, 0x24, 0x73, 0x1b, 0x28, 0x42),
      'こん',
      'no_label',
    ],
    ['KOI8-R', 'koi8-r', bytes(0xd0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4), 'привет', null],
    ['UTF-16 with its mark', '', bytes(0xff, 0xfe, 0x4f, 0x00, 0x4b, 0x00), 'OK', null],
  ])('%s', (_name, charset, body, text, why) => {
    const read = message(typed(charset), body);
    expect(read.text.trim()).toBe(text);
    const repair = read.notes.find(({ note }) => note === 'charset_repaired');
    expect(repair === undefined || !('why' in repair) ? null : repair.why).toBe(why);
  });

  test('NUL and half signs are replaced, because no database keeps them', () => {
    expect(message(typed('utf-8'), Buffer.from('a\u0000b')).text).toBe('a\uFFFDb');
    expect(message({ Subject: 'a\u0000b' }).subject).not.toContain('\u0000');
  });

  test('headers with bytes instead of encoded words are read', () => {
    const raw = Buffer.concat([
      Buffer.from('From: a@b.example\r\nSubject: '),
      Buffer.from('Été', 'latin1'),
      Buffer.from('\r\n\r\nHi'),
    ]);
    expect(readMessage(raw)).toMatchObject({ outcome: 'read', message: { subject: 'Été' } });
    expect(message({ Subject: 'Été' }).subject).toBe('Été');
  });
});

describe('headers', () => {
  test.each([
    ['an encoded word', '=?utf-8?Q?Imprimante_=C3=A9teinte?=', 'Imprimante éteinte'],
    ['a sign split between two words', '=?utf-8?B?w6k=?= =?utf-8?Q?=C3?=\r\n =?utf-8?Q?=A9?=', 'éé'],
    ['spaces where none may be', '=?utf-8?Q?deux mots =C3=A9?=', 'deux mots é'],
    ['an encoded word without its end', '=?utf-8?Q?abc', '=?utf-8?Q?abc'],
    ['a character set that does not exist', '=?nonsense?Q?=C3=A9?=', 'é'],
    ['a language behind the character set', '=?utf-8*fr?Q?=C3=A9t=C3=A9?=', 'été'],
    ['nothing', '', ''],
    ['line breaks smuggled in', '=?utf-8?Q?a=0D=0ABcc:_x@y.example?=', 'a Bcc: x@y.example'],
  ])('%s in a subject', (_name, header, subject) => {
    expect(message({ Subject: header }).subject).toBe(subject);
  });

  test.each([
    ['Mon, 3 Nov 2025 10:12:33 +0100', '2025-11-03T09:12:33.000Z'],
    ['3 Nov 25 10:12 EST', '2025-11-03T15:12:00.000Z'],
    ['Mon, 03 Nov 2025 10.12.33 GMT (comment)', '2025-11-03T10:12:33.000Z'],
    ['2025-11-03T10:12:33Z', '2025-11-03T10:12:33.000Z'],
    ['Mon, 45 Nov 2025 99:12:33 +0100', null],
    ['yesterday', null],
    ['', null],
    ['Mon, 3 Nov 2025 10:12:33 +9999', '2025-11-03T10:12:33.000Z'],
  ])('the date %j', (header, at) => {
    expect(message({ Date: header }).date?.toISOString() ?? null).toBe(at);
  });

  test.each([
    ['"Dupont, Jean" <jean@exemple.FR>', [{ name: 'Dupont, Jean', address: 'jean@exemple.fr' }]],
    [
      '=?utf-8?Q?J=C3=A9r=C3=B4me?= <j@exemple.fr>, b@c.example',
      [
        { name: 'Jérôme', address: 'j@exemple.fr' },
        { name: '', address: 'b@c.example' },
      ],
    ],
    ['jean@exemple.fr (Jean Dupont)', [{ name: 'Jean Dupont', address: 'jean@exemple.fr' }]],
    [
      'Team: a@b.example, c@d.example; e@f.example',
      [
        { name: '', address: 'a@b.example' },
        { name: '', address: 'c@d.example' },
        { name: '', address: 'e@f.example' },
      ],
    ],
    ['"boss@firm.example" <thief@evil.example>', [{ name: 'boss@firm.example', address: 'thief@evil.example' }]],
    ['nobody', []],
    ['<>', []],
  ])('the people in %j', (header, people) => {
    expect(message({ From: header }).from).toEqual(people);
  });

  test('ten thousand references, folded and broken, are all known', () => {
    const ids = Array.from({ length: 10_000 }, (_, at) => `<${at}@example.com>`);
    const read = message({ References: ids.join('\r\n '), 'In-Reply-To': '<9999@exam\r\n ple.com> (your mail)' });
    expect(read.references).toHaveLength(10_000);
    expect(read.inReplyTo).toEqual(['<9999@example.com>']);
  });

  test('a message without an id gets the same one each time, and one with several keeps the first', () => {
    const without = message({ 'Message-ID': '' });
    expect(without.messageId).toMatch(/^<[0-9a-f]{40}@no-message-id\.invalid>$/u);
    expect(message({ 'Message-ID': '' }).messageId).toBe(without.messageId);
    const several = message({ 'Message-ID': '<a@b.example> <c@d.example>' });
    expect(several.messageId).toBe('<a@b.example>');
    expect(several.notes).toContainEqual({ note: 'several_message_ids' });
  });

  test('the key is the same on every way, and another where the words are others under the same id', () => {
    const one = message({});
    const again = message({ Received: 'from elsewhere', 'X-Folder': 'Inbox' });
    expect(again.key).toBe(one.key);
    expect(message({}, 'Other words').key).not.toBe(one.key);
  });
});

describe('parts', () => {
  test('text and HTML of one message, with an attachment whose name is encoded in pieces', () => {
    const body = multipart(
      'Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nHello\n--c\nContent-Type: text/html\n\n<p>Hello <b>you</b></p>\n--c--',
      "Content-Type: application/pdf\nContent-Disposition: attachment;\n filename*0*=utf-8''r%C3%A9;\n filename*1*=sum%C3%A9.pdf\nContent-Transfer-Encoding: base64\n\nSGVs\nbG8=",
    );
    const read = message(mixed, body);
    expect(read).toMatchObject({ text: 'Hello you', textFrom: 'html', html: '<p>Hello <b>you</b></p>' });
    expect(read.attachments).toMatchObject([
      { name: 'résumé.pdf', type: 'application/pdf', isInline: false, isProgram: false },
    ]);
    expect(Buffer.from(read.attachments[0]?.bytes ?? []).toString()).toBe('Hello');
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\bill.pdf', 'bill.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['..', ''],
    ['=?utf-8?Q?factur=C3=A9.pdf?=', 'facturé.pdf'],
  ])('the name %j is only a name', (given, name) => {
    const read = message(
      mixed,
      multipart(`Content-Type: application/octet-stream; name="${given.replaceAll('\\', '\\\\')}"\n\nx`),
    );
    expect(read.attachments[0]?.name).toBe(name);
  });

  test('what runs when opened is marked', () => {
    const read = message(
      mixed,
      multipart(
        'Content-Type: text/plain; name=invoice.pdf.js\n\nx',
        'Content-Type: application/x-msdownload; name=a\n\nx',
      ),
    );
    expect(read.attachments.map(({ isProgram }) => isProgram)).toEqual([true, true]);
  });

  test('images in the text: by content id with and without disposition, without the scheme, and as data', () => {
    const png = 'iVBORw0KGgo=';
    const html = `<img src="cid:a@x"><img src="b@x"><img src="data:image/png;base64,${png}"><img src="https://tracker.example/p.gif" alt="logo">`;
    const body = multipart(
      `Content-Type: text/html\n\n${html}`,
      `Content-Type: image/png; name=a.png\nContent-ID: <a@x>\nContent-Transfer-Encoding: base64\n\n${png}`,
      `Content-Type: image/png; name=b.png\nContent-ID: <b@x>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n${png}`,
    );
    const read = message({ ...mixed, 'Content-Type': 'multipart/related; boundary=b' }, body);
    expect(read.html).toBe(
      '<img data-image="a@x" /><img data-image="b@x" /><img data-image="inline-1" /><img alt="logo" data-remote="https://tracker.example/p.gif" />',
    );
    expect(read.remoteImages).toBe(1);
    expect(read.attachments.map(({ contentId, isInline }) => [contentId, isInline])).toEqual([
      ['a@x', true],
      ['b@x', true],
      ['inline-1', true],
    ]);
  });

  test('a calendar, a message inside, a uuencoded file', () => {
    const calendar =
      'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Move\\, third floor\nDTSTART;TZID="Europe/Paris":20251103T101200\nUID:u1\nORGANIZER;CN="A: B":mailto:a@b.example\nEND:VEVENT\nEND:VCALENDAR';
    const body = multipart(
      'Content-Type: text/plain\n\nSee below\nbegin 644 a.txt\n#0V%T\n`\nend\n',
      `Content-Type: text/calendar; method=REQUEST\n\n${calendar}`,
      'Content-Type: message/rfc822\n\nFrom: Paul <paul@example.com>\nSubject: =?utf-8?Q?=C3=89t=C3=A9?=\nMessage-ID: <p@example.com>\n\nInside',
    );
    const read = message(mixed, body);
    expect(read.calendar).toEqual({
      method: 'REQUEST',
      summary: 'Move, third floor',
      location: '',
      start: '20251103T101200',
      end: '',
      organizer: 'a@b.example',
      uid: 'u1',
    });
    expect(read.attachments.map(({ name }) => name)).toContain('a.txt');
    expect(Buffer.from(read.attachments.find(({ name }) => name === 'a.txt')?.bytes ?? []).toString()).toBe('Cat');
    expect(read.attachments.find(({ type }) => type === 'message/rfc822')?.message).toEqual({
      subject: 'Été',
      from: [{ name: 'Paul', address: 'paul@example.com' }],
      messageId: '<p@example.com>',
    });
  });

  test('a flowed text is one again, its quotes and its signature stay apart', () => {
    const read = message(
      { 'Content-Type': 'text/plain; format=flowed' },
      'One line \nin two.\n> quoted \n> words\n-- \nJane',
    );
    expect(read.text).toBe('One line in two.\n> quoted words\n-- \nJane');
  });

  test('a plain part that says something else than the HTML is told', () => {
    const read = message(
      alternative,
      multipart(
        'Content-Type: text/plain\n\nplease transfer seven thousand euros tomorrow morning',
        'Content-Type: text/html\n\n<p>completely different harmless words stand here today</p>',
      ),
    );
    expect(read.notes).toContainEqual({ note: 'parts_differ' });
  });
});

const shown = (html: string): string | null => message({ 'Content-Type': 'text/html; charset=utf-8' }, html).html;

describe('HTML', () => {
  test.each([
    ['<script>alert(1)</script>ok', 'ok'],
    ['<p onclick="x()" style="position:fixed" class="a" id="b">ok</p>', '<p>ok</p>'],
    ['<a href="javascript:alert(1)">ok</a>', '<a>ok</a>'],
    ['<a href=" java\nscript:alert(1)">ok</a>', '<a>ok</a>'],
    ['<svg><style><img src=x onerror=alert(1)></style></svg>ok', 'ok'],
    ['<math><mi><table><mglyph><style><img src=x onerror=alert(1)>', ''],
    ['<iframe src="https://x.example"></iframe><object data=x></object><embed src=x>ok', 'ok'],
    ['<form action="https://x.example"><input name=password><button>go</button></form>', 'go'],
    [
      '<meta http-equiv=refresh content="0;url=https://x.example"><base href="https://x.example"><link rel=stylesheet href=x>ok',
      'ok',
    ],
    ['<img src=x onerror=alert(1)>', '<img />'],
    ['<p data-fold="quoted">mine</p>', '<p>mine</p>'],
    ['<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>ok', 'ok'],
    ['&lt;script&gt;', '&lt;script&gt;'],
  ])('%s', (html, safe) => {
    expect(shown(html)?.replaceAll(/\s+$/gu, '')).toBe(safe);
  });

  test('a link shows where it leads, and whether it lies', () => {
    const read = message(
      { 'Content-Type': 'text/html' },
      '<a href="https://evil.example/login">www.bank.example</a> <a href="https://www.bank.example/x">bank.example</a>',
    );
    expect(read.links.map(({ host, isDeceptive }) => [host, isDeceptive])).toEqual([
      ['evil.example', true],
      ['www.bank.example', false],
    ]);
    expect(read.html).toContain('data-target="evil.example" data-deceptive>');
    expect(read.html).toContain('rel="noopener noreferrer nofollow"');
  });

  test.each([
    [
      'Gmail',
      '<div dir="ltr">Yes, it works.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 3, 2025 Jane wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid">Does it?</blockquote></div>',
    ],
    [
      'Apple Mail',
      '<html><body>Yes, it works.<br><div><blockquote type="cite"><div>Le 3 nov. 2025 à 10:12, Jeanne &lt;j@exemple.fr&gt; a écrit :</div><br><div>Ça marche ?</div></blockquote></div></body></html>',
    ],
    [
      'Outlook on the web',
      '<div>Yes, it works.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Von anderswo:</b> Jane<br><b>Wann:</b> heute</div><div>Does it?</div>',
    ],
    [
      'Outlook desktop',
      '<div class="WordSection1"><p class="MsoNormal">Yes, it works.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>De&nbsp;:</b> Jeanne &lt;j@exemple.fr&gt;<br><b>Envoyé&nbsp;:</b> lundi 3 novembre 2025 10:12<br><b>À&nbsp;:</b> desk@firm.example<br><b>Objet&nbsp;:</b> Imprimante</p></div></div><p class="MsoNormal">Does it?</p></div>',
    ],
    [
      'Thunderbird',
      '<p>Yes, it works.</p><div class="moz-cite-prefix">Le 03/11/2025 à 10:12, Jeanne a écrit :<br></div><blockquote type="cite"><p>Ça marche ?</p></blockquote><div class="moz-signature">-- <br>Jane</div>',
    ],
    [
      'Yahoo',
      '<div>Yes, it works.</div><div id="ydp1yahoo_quoted_1" class="ydp1yahoo_quoted"><div>On Monday, Jane wrote:</div><div>Does it?</div></div>',
    ],
    [
      'Proton Mail',
      '<div>Yes, it works.</div><div class="protonmail_signature_block"><div>Sent with Proton</div></div><div class="protonmail_quote">On Monday Jane wrote:<br><blockquote type="cite">Does it?</blockquote></div>',
    ],
    [
      'Outlook on a telephone',
      '<div>Yes, it works.</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div><div id="mail-editor-reference-message-container"><div>De : Jeanne</div><div>Does it?</div></div>',
    ],
  ])('what %s quotes is folded in the text and marked in the HTML', (_name, html) => {
    const read = message({ 'Content-Type': 'text/html; charset=utf-8' }, html);
    expect(read.folded.visible).toBe('Yes, it works.');
    expect(read.html).toContain('data-fold="quoted"');
    expect(read.html?.indexOf('Yes, it works.')).toBeLessThan(read.html?.indexOf('data-fold') ?? 0);
  });

  test('answers between the quotes of an HTML mail stay visible', () => {
    const read = message(
      { 'Content-Type': 'text/html' },
      '<div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 3, 2025 Jane wrote:</div><blockquote class="gmail_quote">Which?</blockquote><div>The third.</div><blockquote class="gmail_quote">Since when?</blockquote><div>Today.</div></div>',
    );
    expect(read.folded.visible).toContain('The third.');
    expect(read.folded.visible).toContain('Today.');
  });
});

describe('what is set aside', () => {
  test.each([
    ['nothing at all', Buffer.from(''), 'no_headers'],
    ['blank lines', Buffer.from('\r\n\r\n \r\n'), 'no_headers'],
    ['more than may be', Buffer.alloc(usualLimits.mostBytes + 1), 'too_large'],
    ['endless headers', Buffer.from(`X: ${'a'.repeat(usualLimits.mostHeaderBytes)}\r\n\r\nhi`), 'headers_too_long'],
  ])('%s', (_name, raw, reason) => {
    expect(readMessage(raw)).toMatchObject({ outcome: 'quarantined', reason });
  });

  test('an empty subject and an empty body are read', () => {
    expect(readMessage(rawMessage({ Subject: '' }, ''))).toMatchObject({
      outcome: 'read',
      message: { subject: '', text: '', textFrom: 'nothing' },
    });
  });
});
