import { expect, it } from 'vitest';
import { clockText, hourText, momentText, zoneText } from './moment.ts';

const at = new Date('2026-11-22T13:05:12Z');
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

it('writes moments as each language does, in the named time zone', () => {
  expect(plain(momentText(at, 'fr', 'Europe/Paris'))).toBe('22 novembre 2026 à 14 h 05');
  expect(plain(momentText(at, 'en', 'Europe/Paris'))).toBe('22 November 2026 at 14:05');
  expect(plain(clockText(at, 'fr', 'Europe/Paris'))).toBe('22 nov. 2026, 14:05:12');
  expect(plain(clockText(at, 'en', 'America/Montreal'))).toBe('22 Nov 2026, 08:05:12');
  expect(hourText(at, 'fr', 'UTC')).toBe('13:05');
});

it('keeps the day with its month and the hour with its minutes on one line', () => {
  expect(momentText(at, 'fr', 'UTC')).toBe('22\u00A0novembre 2026 à 13\u00A0h\u00A005');
});

it('calls the first of a month « 1er » in French', () => {
  const first = new Date('2026-03-01T08:00:00Z');
  expect(plain(momentText(first, 'fr', 'UTC'))).toBe('1er mars 2026 à 8 h 00');
  expect(plain(momentText(first, 'en', 'UTC'))).toBe('1 March 2026 at 08:00');
});

it('names a time zone with its distance from UTC', () => {
  expect(zoneText('Europe/Paris', at)).toBe('Europe/Paris (UTC+1)');
  expect(zoneText('America/Montreal', at)).toBe('America/Montreal (UTC\u22125)');
  expect(zoneText('UTC', at)).toBe('UTC');
});
