import { describe, expect, it } from 'vitest';
import { unfinished } from './read-output.ts';

describe('the end of a page of output', () => {
  it.each([
    ['plain text', 'abc', 0],
    ['a whole character', 'aé', 0],
    ['nothing', '', 0],
  ])('holds nothing back after %s', (_, text, expected) => {
    expect(unfinished(Buffer.from(text))).toBe(expected);
  });

  it('holds back each part of a character that is not whole', () => {
    const bytes = Buffer.from('a🛠');
    expect([1, 2, 3, 4, 5].map((length) => unfinished(bytes.subarray(0, length)))).toEqual([0, 1, 2, 3, 0]);
  });

  it('holds back nothing of what is no text', () => {
    expect(unfinished(Buffer.of(0x80, 0x81, 0x82, 0x83))).toBe(0);
  });
});
