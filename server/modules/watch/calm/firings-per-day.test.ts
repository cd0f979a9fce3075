import { expect, it } from 'vitest';
import { perDay } from './firings-per-day.ts';

const day = 86_400_000;

it('counts firings by the day in which they began, and shows days without any', () => {
  const at = (days: number) => ({ fromMs: days * day });
  const counted = perDay({ from: new Date(0), now: new Date(3 * day) }, [at(0.1), at(0.9), at(2.5)], [at(2.6)]);
  expect(counted.map(({ was, wouldBe }) => [was, wouldBe])).toEqual([
    [2, 0],
    [0, 0],
    [1, 1],
  ]);
  expect(counted[1]?.day).toBe('1970-01-02T00:00:00.000Z');
});
