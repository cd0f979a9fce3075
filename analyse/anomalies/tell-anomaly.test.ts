import { expect, test } from 'vitest';
import type { ReasonKind } from './reason.ts';
import { tellAnomaly, tellChannels } from './tell-anomaly.ts';

const sinceMs = Date.UTC(2026, 10, 22, 14, 5);

test('an anomaly is a sentence with what was expected, what was seen and since when, in both languages', () => {
  const level = { kind: 'level', expected: 12.3456, seen: 4321.987, sinceMs } as const;
  expect(tellAnomaly(level, 'en', 'UTC')).toBe(
    'The level has been about 4,322 since 22\u00A0November 2026 at 14:05; it used to be about 12.35.',
  );
  expect(tellAnomaly(level, 'fr', 'UTC')).toContain('12,35');
});

test('a silence is told in hours and minutes', () => {
  const silence = { kind: 'silence', expected: 60_000, seen: 7_200_000, sinceMs } as const;
  expect(tellAnomaly(silence, 'en', 'UTC')).toContain('No value came for 2\u00A0h since');
  expect(tellAnomaly(silence, 'fr', 'UTC')).toContain('Aucune valeur pendant 2\u00A0h');
});

test('every reason has its sentence, whatever the numbers', () => {
  const kinds: ReasonKind[] = ['level', 'trend', 'spike', 'spread', 'season', 'pattern', 'silence', 'stuck'];
  for (const kind of kinds) {
    for (const language of ['en', 'fr'] as const) {
      const sentence = tellAnomaly({ kind, expected: -1e100, seen: 0, sinceMs: 1e300 }, language, 'UTC');
      expect(sentence).not.toMatch(/NaN|undefined|Invalid/u);
    }
  }
  expect(tellChannels({ expected: 1, seen: 2, sinceMs }, 'Current', 'en', 'Europe/Paris')).toContain('Current');
});
