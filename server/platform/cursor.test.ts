import { describe, expect, it } from 'vitest';
import { likePattern, nextOffset, numberCursor } from './cursor.ts';
import { Refusal } from './refusal.ts';

describe('a page’s beginning', () => {
  it('is what the page before gave', () => {
    expect(numberCursor(undefined)).toBeNull();
    expect(numberCursor('0')).toBe(0);
    expect(numberCursor('123456789012345')).toBe(123_456_789_012_345);
  });

  it('is refused when it is anything else', () => {
    for (const after of ['', '-1', '1.5', '1e3', ' 1', '0x10', '1234567890123456', '١', "1'--"])
      expect(() => numberCursor(after)).toThrow(Refusal);
  });
});

it('says where the next page begins, and that there is none after the last', () => {
  expect(nextOffset(undefined, 100, 250)).toBe('100');
  expect(nextOffset('100', 100, 250)).toBe('200');
  expect(nextOffset('200', 50, 250)).toBeNull();
  expect(nextOffset('900', 0, 250)).toBeNull();
});

it('takes the signs of a search literally', () => {
  expect(likePattern('50%_\\x')).toBe('%50\\%\\_\\\\x%');
});
