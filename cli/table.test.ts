import { expect, test } from 'vitest';
import { oneLine, tableText, widthOf } from './table.ts';

test('a table stands in columns, marks and wide letters counted as they are seen', () => {
  const text = tableText(
    ['Nom', 'État'],
    [
      ['hôte é', 'en panne'],
      ['東京', 'ok'],
    ],
  );
  expect(text).toBe('Nom     État\nhôte é  en panne\n東京    ok\n');
});

test('a table fits the terminal: its widest column is cut, and says so', () => {
  const text = tableText(['Name', 'Summary'], [['web1', 'x'.repeat(100)]], 40);
  const [, row = ''] = text.split('\n');
  expect(widthOf(row)).toBe(40);
  expect(row.endsWith('…')).toBe(true);
});

test('a pipe gets everything', () => {
  expect(tableText(['Name'], [['y'.repeat(300)]])).toContain('y'.repeat(300));
});

test('text of others cannot steer the terminal or make a second line', () => {
  expect(oneLine('a\u001B[2Jb\nc\r\u0007d')).toBe('a [2Jb c d');
});
