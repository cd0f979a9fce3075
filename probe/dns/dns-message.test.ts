import { describe, expect, test } from 'vitest';
import { dnsQuestion, nameText, readDnsMessage, typeNumbers, wireName } from './dns-message.ts';

/** An answer to a question about www.firm.test, with records as given in hexadecimal. */
function answer(records: string, count: number): Buffer {
  const { bytes, name } = dnsQuestion('www.firm.test', typeNumbers.A, { recursion: true, dnssec: false });
  const header = Buffer.from(bytes.subarray(0, 12));
  header.writeUInt16BE(0x8400, 2);
  header.writeUInt16BE(count, 6);
  header.writeUInt16BE(0, 10);
  return Buffer.concat([header, name, Buffer.from('00010001', 'hex'), Buffer.from(records, 'hex')]);
}

describe('a message', () => {
  test('is read with its compressed names made whole and small', () => {
    // c010 points to “firm.test”; the mail server is MAIL.firm.test.
    const message = readDnsMessage(answer('c010000f00010000003c0009000a044d41494cc010', 1));
    expect(message).toMatchObject({ authoritative: true, responseCode: 0 });
    const [record] = message?.answers ?? [];
    expect(nameText(record?.name ?? Buffer.alloc(1))).toBe('firm.test');
    expect(nameText(record?.data.subarray(2) ?? Buffer.alloc(1))).toBe('mail.firm.test');
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a header alone that promises records', answer('', 9)],
    ['a name that points at itself', answer('c01f00010001000000000004c0000201', 1)],
    ['a name that points forward', answer('c0ff00010001000000000004c0000201', 1)],
    ['data that is longer than the message', answer('c00c00010001000000003fffc0000201', 1)],
    ['data shorter than its name', answer('c00c000200010000000000010361626300', 1)],
    ['a label beyond 63 letters', answer(`7f${'61'.repeat(127)}0000010001000000000000`, 1)],
  ])('that is %s is none', (_name, bytes) => {
    expect(readDnsMessage(bytes)).toBeUndefined();
  });

  test('of any bytes at all never throws', () => {
    for (let seed = 1; seed < 2_000; seed += 1) {
      const bytes = Buffer.from(Array.from({ length: seed % 200 }, (_none, at) => (seed * 31 + at * at * 17) % 256));
      if (bytes.length > 2) bytes[2] = 0x84;
      expect(() => readDnsMessage(bytes)).not.toThrow();
    }
  });
});

test('names have their bounds, and a dot in a label is told apart', () => {
  expect(() => wireName('a'.repeat(64))).toThrow(RangeError);
  expect(() => wireName('a.'.repeat(130))).toThrow(RangeError);
  expect(nameText(Buffer.from('0a6a6f686e2e646f652e6102667200', 'hex'))).toBe(String.raw`john\.doe\.a.fr`);
  expect(nameText(wireName('.'))).toBe('.');
});
