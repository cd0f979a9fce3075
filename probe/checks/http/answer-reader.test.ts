import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerReader } from './answer-reader.ts';

const limit = 64 * 1024;

function read(text: string, { bodiless = false, cuts = [] as readonly number[] } = {}): AnswerReader {
  const reader = new AnswerReader(limit, bodiless);
  const bytes = Buffer.from(text, 'latin1');
  let from = 0;
  for (const cut of [...cuts.map((each) => each % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)) {
    if (cut > from) reader.feed(bytes.subarray(from, cut));
    from = Math.max(from, cut);
  }
  return reader;
}

const answers = [
  'HTTP/1.1 200 OK\r\ncontent-length: 5\r\nset-cookie: a\r\nset-cookie: b\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\ntrailer: 1\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello',
  'HTTP/1.0 200\r\n\r\nhello',
];

describe('an answer', () => {
  test.each(answers)('reads the same in one piece and in any pieces: %j', (text) => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 40 }), (cuts) => {
        const reader = read(text, { cuts });
        expect(reader.end()).toBe(true);
        expect([reader.status, reader.body.toString()]).toEqual([200, 'hello']);
      }),
    );
  });

  test('of hostile bytes never throws, and never holds more than the limit', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'HTTP/1.1 200 OK\r\n',
        'transfer-encoding: chunked\r\n',
        'content-length: 9\r\n',
        '\r\n',
        'fff\r\n',
      ),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const reader = new AnswerReader(100, false);
        for (const each of pieces) reader.feed(Buffer.from(each));
        reader.end();
        expect(reader.body.length).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('joins headers that come more than once, and keeps cookies apart', () => {
    const { headers } = read('HTTP/1.1 200 OK\r\nVia: a\r\nvia: b\r\nSet-Cookie: c\r\nset-cookie: d\r\n\r\n');
    expect({ ...headers }).toEqual({ via: 'a, b', 'set-cookie': ['c', 'd'] });
  });

  test('has no body after HEAD, 204 and 304, whatever it promises', () => {
    expect(read('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n', { bodiless: true }).state).toBe('whole');
    expect(read('HTTP/1.1 204 No\r\ncontent-length: 9\r\n\r\n').state).toBe('whole');
    expect(read('HTTP/1.1 304 No\r\ntransfer-encoding: chunked\r\n\r\n').state).toBe('whole');
  });

  test('that ends before its length is not whole, and what follows its length is not read', () => {
    expect(read('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhell').end()).toBe(false);
    expect(read('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nhello').body.toString()).toBe('hell');
  });

  test('of a million tiny chunks is put together in one place', () => {
    const reader = read(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(limit)}`);
    expect(reader.state).toBe('cut');
    expect(reader.body.equals(Buffer.alloc(limit, 'x'))).toBe(true);
  });

  test.each([
    ['two lengths', 'content-length: 4\r\ncontent-length: 5\r\n', 'length'],
    ['a length beside chunks', 'content-length: 4\r\ntransfer-encoding: chunked\r\n', 'two-lengths'],
    ['a negative length', 'content-length: -4\r\n', 'length'],
    ['a folded header', 'a: b\r\n c: d\r\n', 'header'],
    ['a space before the colon', 'content-length : 4\r\n', 'header'],
    ['a NUL in a header', 'a: b\0c\r\n', 'header'],
    ['a bare carriage return', 'a: b\rc: d\r\n', 'header'],
  ])('with %s is malformed', (_what, lines, malformed) => {
    expect(read(`HTTP/1.1 200 OK\r\n${lines}\r\n1234`).state).toEqual({ malformed });
  });
});
