import { expect, test } from 'vitest';
import { sharedPositions } from './shared-positions.ts';

test('checks with the same measurements keep one table', () => {
  const one = sharedPositions(
    new Map([
      ['total', 1],
      ['size', 2],
    ]),
  );
  expect(
    sharedPositions(
      new Map([
        ['total', 1],
        ['size', 2],
      ]),
    ),
  ).toBe(one);
});

test('the same measurements at other places are another table', () => {
  const one = sharedPositions(
    new Map([
      ['total', 1],
      ['size', 2],
    ]),
  );
  const other = sharedPositions(
    new Map([
      ['size', 1],
      ['total', 2],
    ]),
  );
  expect(other).not.toBe(one);
  expect([...other]).toEqual([
    ['size', 1],
    ['total', 2],
  ]);
});
