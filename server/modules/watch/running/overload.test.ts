import { describe, expect, it } from 'vitest';
import { notSlowed, stretchOf, weighStrain, type Slowing, type Strain } from './overload.ts';

const calm: Strain = { p95Ms: 20, waiting: 0, unwritten: 100 };
const late: Strain = { ...calm, p95Ms: 3_000 };

function after(looks: readonly Strain[], from: Slowing = notSlowed): Slowing {
  return looks.reduce(weighStrain, from);
}

const times = (count: number, strain: Strain): Strain[] => Array.from({ length: count }, () => strain);

describe('under too much load', () => {
  it('one late look slows nobody, two in a row do', () => {
    expect(after([late]).level).toBe(0);
    expect(after([late, calm, late]).level).toBe(0);
    expect(after([late, late]).level).toBe(1);
  });

  it('a queue and a slow database count like lateness', () => {
    expect(after(times(2, { ...calm, waiting: 600 })).level).toBe(1);
    expect(after(times(2, { ...calm, unwritten: 50_000 })).level).toBe(1);
  });

  it('low importance is slowed before normal, and high never', () => {
    const mild = after(times(2, late));
    expect((['low', 'normal', 'high'] as const).map((each) => stretchOf(mild, each, true))).toEqual([2, 1, 1]);
    const hard = after(times(50, late));
    expect((['low', 'normal', 'high'] as const).map((each) => stretchOf(hard, each, true))).toEqual([8, 4, 1]);
  });

  it('what fails or is in doubt is never slowed', () => {
    expect(stretchOf(after(times(50, late)), 'low', false)).toBe(1);
  });

  it('is freed a level at a time, and only after a longer calm', () => {
    const slowed = after(times(4, late));
    expect(slowed.level).toBe(2);
    expect(after(times(14, calm), slowed).level).toBe(2);
    expect(after(times(15, calm), slowed).level).toBe(1);
    expect(after(times(30, calm), slowed).level).toBe(0);
    expect(after([...times(14, calm), late, ...times(14, calm)], slowed).level).toBe(2);
  });
});
