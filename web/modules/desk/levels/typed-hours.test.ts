import { describe, expect, it } from 'vitest';
import { hoursOf, hoursText, minutesOf, minutesText } from './typed-hours.ts';

describe('typed hours', () => {
  it('are read as people write them, and written one way', () => {
    expect(hoursOf('9h-12h, 13h30 – 18:00')).toEqual([
      [540, 720],
      [810, 1_080],
    ]);
    expect(hoursOf('00:00–24:00')).toEqual([[0, 1_440]]);
    expect(hoursOf('')).toEqual([]);
    expect(
      hoursText([
        [540, 720],
        [810, 1_080],
      ]),
    ).toBe('09:00–12:00 13:30–18:00');
  });

  it('are refused when they overlap, run backwards or mean nothing', () => {
    for (const typed of ['9-8', '09:00–12:00 11:00–13:00', '9:75–10', '9–25', 'morning', '9–10–11'])
      expect(hoursOf(typed)).toBeNull();
  });
});

describe('a typed time', () => {
  it('is read in hours and minutes, and written so', () => {
    expect(['4h', '1 h 30', '45 min', '90', ''].map(minutesOf)).toEqual([240, 90, 45, 90, null]);
    expect([240, 90, 45, null].map(minutesText)).toEqual(['4 h', '1 h 30', '45 min', '']);
    expect(['soon', '0', '-3', 'h'].map(minutesOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
