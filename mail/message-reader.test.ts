import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { usualLimits } from './message.ts';
import { MessageReader, usualReaderBounds } from './message-reader.ts';
import { readMessage } from './read-message.ts';
import { mixed, multipart, rawMessage } from './testing/messages.ts';

const reader = new MessageReader();
afterAll(() => reader[Symbol.asyncDispose]());

const html = { 'Content-Type': 'text/html' };
function nested(depth: number): Buffer {
  const levels = Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`,
  );
  return Buffer.from(
    `From: a@b.example\r\nSubject: deep\r\n${levels.join('')}Content-Type: text/plain\r\n\r\nbottom\r\n`,
  );
}

/** Messages that were made to hurt. Each is read or set aside by the thread's own bound on the processor, a second. */
const hostile: readonly (readonly [name: string, make: () => Buffer])[] = [
  ['a thousand multiparts inside each other', () => nested(1_000)],
  [
    'the same, with 25 MB of lines that look like boundaries',
    () => Buffer.concat([nested(1_000), Buffer.alloc(25_000_000, '\n--b not one')]),
  ],
  [
    '10 MB of HTML',
    () => rawMessage(html, '<p>Hello <b>all</b> <a href="http://x.example">x</a></p>\n'.repeat(180_000)),
  ],
  ['a million opening tags', () => rawMessage(html, '<div>'.repeat(1_000_000))],
  ['tags that close what is not open', () => rawMessage(html, '<div>'.repeat(500) + '</span>'.repeat(1_000_000))],
  ['an attribute without an end', () => rawMessage(html, `<a ${'x="'.repeat(300_000)}`)],
  ['a million "<"', () => rawMessage(html, '<'.repeat(1_000_000))],
  ['a hundred thousand quotes', () => rawMessage(html, '<blockquote>x</blockquote>'.repeat(100_000))],
  [
    'an attachment of 25 MB',
    () =>
      rawMessage(
        mixed,
        multipart(
          'Content-Type: text/plain\n\nhi',
          `Content-Type: application/pdf; name=x.pdf\nContent-Transfer-Encoding: base64\n\n${`${Buffer.alloc(57, 7).toString('base64')}\n`.repeat(440_000)}`,
        ),
      ),
  ],
  [
    'ten thousand references',
    () =>
      rawMessage({
        References: Array.from({ length: 10_000 }, (_, at) => `<${at}.abcdefghijklmnop@example.com>`).join('\r\n '),
      }),
  ],
  ['a hundred thousand parts', () => rawMessage(mixed, '--b\n\n'.repeat(100_000))],
  ['a million ">"', () => rawMessage({}, '>'.repeat(1_000_000))],
  ['a hundred thousand lines that begin an attribution', () => rawMessage({}, 'On Mon 12:12 \n'.repeat(100_000))],
  ['a hundred thousand lines that begin a header block', () => rawMessage({}, 'From: x\n'.repeat(100_000))],
  ['a million empty lines', () => rawMessage({}, '\n'.repeat(1_000_000))],
  ['three hundred thousand signatures', () => rawMessage({}, '--\n'.repeat(300_000))],
  ['a hundred thousand closings', () => rawMessage({}, 'Regards,\n'.repeat(100_000))],
  ['encoded words without an end', () => rawMessage({ Subject: '=?utf-8?q?'.repeat(50_000) })],
  ['a hundred thousand open comments in an address', () => rawMessage({ Cc: '('.repeat(100_000) })],
  ['sixty thousand parameters', () => rawMessage({ 'Content-Type': `text/plain${'; a*1="x"'.repeat(60_000)}` })],
  ['uuencoded beginnings without an end', () => rawMessage({}, 'begin 644 x.txt\n'.repeat(60_000))],
  ['bytes of chance', () => Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7_919 + (at >> 3)) % 256))],
  ['zeros', () => Buffer.concat([rawMessage({}), Buffer.alloc(1_000_000)])],
  [
    'a winmail.dat that lies about its lengths',
    () =>
      rawMessage(
        mixed,
        multipart(
          `Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n${Buffer.concat([Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]), Buffer.alloc(10_000, 0xff)]).toString('base64')}`,
        ),
      ),
  ],
  ['a zip that would be large', () => rawMessage(mixed, multipart('Content-Type: application/zip; name=42.zip\n\nPK'))],
];

describe('a message that was made to hurt', () => {
  test.each(hostile)(
    '%s',
    async (_name, make) => {
      const outcome = await reader.read(make());
      // Each of them can be read: that none has to be given up is what keeps a stranger from stopping the desk.
      expect(outcome.outcome).toBe('read');
    },
    60_000,
  );
});

describe('the bounds', () => {
  test('a message that takes too long is set aside, and the next is read', async () => {
    await using short = new MessageReader(usualLimits, { ...usualReaderBounds, mostCpuMs: 1 });
    const long = rawMessage(html, '<p>Hello <b>all</b></p>\n'.repeat(100_000));
    expect(await short.read(long)).toMatchObject({ outcome: 'quarantined', reason: 'too_slow' });
    expect(await short.read(rawMessage({}))).toMatchObject({ outcome: 'read' });
  }, 60_000);

  test('so is one that takes too much memory', async () => {
    await using small = new MessageReader(
      { ...usualLimits, mostHtmlBytes: 40_000_000 },
      { mostCpuMs: 60_000, mostWallMs: 60_000, mostHeapMib: 24 },
    );
    const wide = rawMessage(html, '<p>Hello <b>all</b></p>\n'.repeat(600_000));
    expect(await small.read(wide)).toMatchObject({ outcome: 'quarantined', reason: 'too_much_memory' });
    expect(await small.read(rawMessage({}))).toMatchObject({ outcome: 'read' });
  }, 60_000);

  test('and one that is too large', async () => {
    await using small = new MessageReader({ ...usualLimits, mostBytes: 100 });
    expect(await small.read(Buffer.alloc(101))).toMatchObject({ outcome: 'quarantined', reason: 'too_large' });
  });
});

test('no mutation of a message ends the process or is lost: it is read or set aside', () => {
  const seeds = [
    rawMessage(
      mixed,
      multipart(
        'Content-Type: text/plain; charset=utf-8\n\nBonjour é',
        'Content-Type: text/html\n\n<blockquote type=cite>x</blockquote><img src=cid:a>',
        "Content-Type: application/pdf; name*=utf-8''a%20b.pdf\nContent-Transfer-Encoding: base64\n\nSGVsbG8=",
      ),
    ),
    rawMessage(
      { From: '=?utf-8?B?w6k=?= <a@b.example>, "x, y" <c@d.example>', References: '<1@a> <2@b>' },
      'Oui\n\nLe 3 nov. 2025 à 10:12, A <a@b.example> a écrit :\n> Non\n-- \nA',
    ),
    rawMessage(
      { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
      multipart(
        'Content-Type: message/delivery-status\n\nReporting-MTA: x\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed',
      ),
    ),
  ];
  const change = fc.record({
    at: fc.nat(2_000),
    bytes: fc.uint8Array({ maxLength: 12 }),
    cut: fc.nat(30),
    copy: fc.nat(60),
  });
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 8 }), (seed, changes) => {
      let raw = seed;
      for (const { at, bytes, cut, copy } of changes) {
        const from = at % raw.length;
        raw = Buffer.concat([raw.subarray(0, from), bytes, raw.subarray(from, from + copy), raw.subarray(from + cut)]);
      }
      const outcome = readMessage(raw);
      // What became of it, and the text of all passages together.
      const [became, whole] =
        outcome.outcome === 'quarantined'
          ? [outcome.reason, '']
          : ['read', outcome.message.folded.passages.map(({ text }) => text).join('')];
      expect(['read', 'no_headers']).toContain(became);
      expect(whole).toBe(outcome.outcome === 'read' ? outcome.message.text : '');
    }),
    { seed: 20_251_103, numRuns: 1_500 },
  );
}, 60_000);
