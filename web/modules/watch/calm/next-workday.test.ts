import { describe, expect, test } from 'vitest';
import { nextWorkday } from './next-workday.ts';

const next = (now: string, zone = 'Europe/Paris'): string => nextWorkday(Date.parse(now), zone).toISOString();

describe('the next working day', () => {
  test('is tomorrow in the week and Monday at its end', () => {
    expect(next('2026-03-11T15:00:00Z')).toBe('2026-03-12T07:00:00.000Z');
    expect(next('2026-03-13T15:00:00Z')).toBe('2026-03-16T07:00:00.000Z');
  });

  test('is today while it is still to come', () => {
    expect(next('2026-03-11T05:00:00Z')).toBe('2026-03-11T07:00:00.000Z');
    expect(next('2026-03-11T07:00:00Z')).toBe('2026-03-12T07:00:00.000Z');
  });

  test('is at eight by the clock when that is moved over the weekend', () => {
    expect(next('2026-03-27T15:00:00Z')).toBe('2026-03-30T06:00:00.000Z');
    expect(next('2026-10-23T15:00:00Z')).toBe('2026-10-26T07:00:00.000Z');
  });

  test('goes by the zone of who asks', () => {
    expect(next('2026-03-13T15:00:00Z', 'America/Montreal')).toBe('2026-03-16T12:00:00.000Z');
    expect(next('2026-03-13T15:00:00Z', 'Asia/Kathmandu')).toBe('2026-03-16T02:15:00.000Z');
  });
});
