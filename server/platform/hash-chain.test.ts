import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chainStart, linkHash } from './hash-chain.ts';

describe('a link’s hash', () => {
  it('is the SHA-256 of what was before and of the content with sorted keys', () => {
    // printf '%s\n%s' 000…0 '{"a":1,"b":[true,null]}' | sha256sum
    expect(linkHash(chainStart, { b: [true, null], a: 1 })).toBe(
      '0a05d27448b72bcc061f72b3778ddba4bdc6ac51fb45a1c3b51f8d211a579bcd',
    );
  });

  it('does not mind the order of keys, at any depth', () => {
    expect(linkHash(chainStart, { a: { x: 1, y: 2 }, b: 3 })).toBe(linkHash(chainStart, { b: 3, a: { y: 2, x: 1 } }));
  });

  it('changes with the content and with whatever came before', () => {
    const first = linkHash(chainStart, { text: 'x' });
    expect(linkHash(chainStart, { text: 'y' })).not.toBe(first);
    expect(linkHash(first, { text: 'x' })).not.toBe(first);
    expect(linkHash(chainStart, { text: ['x'] })).not.toBe(first);
  });

  it('is the same for content read back from the database', () => {
    const at = new Date('2026-11-22T13:05:12.345Z');
    const content = { at, detail: { list: [1, 'é', { none: undefined }], empty: {} }, subject: null };
    const back = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(content)));
    expect(linkHash(chainStart, back)).toBe(linkHash(chainStart, content));
  });
});
