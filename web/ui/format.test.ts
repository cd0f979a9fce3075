import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatRelative } from './format.ts';

/** `Intl` puts no-break spaces of two widths; the tests read them as plain ones. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');

describe('durations as people say them', () => {
  it('keeps the two largest units', () => {
    expect(plain(formatDuration(7_512_000, 'fr-FR'))).toBe('2 h 5 min');
    expect(plain(formatDuration(7_512_000, 'en-GB'))).toBe('2 h 5 min');
    expect(plain(formatDuration(21, 'en-GB'))).toBe('21 ms');
    expect(plain(formatDuration(64_000, 'en-GB'))).toBe('1 min 4 s');
  });
  it('shows short ones to the millisecond', () => {
    expect(plain(formatDuration(340, 'fr-FR'))).toBe('340 ms');
    expect(plain(formatDuration(2340, 'fr-FR'))).toBe('2,3 s');
    expect(plain(formatDuration(0, 'fr-FR'))).toBe('0 s');
  });
  it('never shows sixty seconds', () => {
    expect(plain(formatDuration(59_999, 'fr-FR'))).toBe('1 min');
  });
});

it('says sizes in binary units of the language', () => {
  expect(plain(formatBytes(1536, 'fr-FR', ['o', 'Kio']))).toBe('1,5 Kio');
  expect(plain(formatBytes(512, 'en-GB', ['B', 'KiB']))).toBe('512 B');
});

it('tells times before and after now', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  const at = (ms: number): string => plain(formatRelative(new Date(now + ms), now, 'fr-FR'));
  expect(at(0)).toBe('maintenant');
  expect(at(-300_000)).toBe('il y a 5 min');
  expect(at(3_600_000)).toBe('dans 1 h');
  expect(at(-86_400_000)).toBe('hier');
});
