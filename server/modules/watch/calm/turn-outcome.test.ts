import { describe, expect, it } from 'vitest';
import { coveredNow, isInDoubt, stoodBefore, worseThan } from './turn-outcome.ts';

const before = stoodBefore({ wellNumbers: [1, 2], degradedNumbers: [3] });

describe('what came of agreed work', () => {
  it('is worse for what was well and is not, and for what was degraded and is down; not for what failed before', () => {
    const now = [
      { number: 1, state: 'up' },
      { number: 2, state: 'degraded' },
      { number: 3, state: 'down' },
      { number: 4, state: 'down' },
    ] as const;
    expect(worseThan(before, now)).toEqual([
      { number: 2, before: 'up', after: 'degraded' },
      { number: 3, before: 'degraded', after: 'down' },
    ]);
  });

  it('is worse too when nothing is known any more', () => {
    expect(worseThan(before, [{ number: 1, state: 'unknown' }])).toHaveLength(1);
  });

  it('is in doubt while a result contradicts the state that it did not change yet', () => {
    expect(isInDoubt(before, [{ number: 1, state: 'up', verdict: 'down' }])).toBe(true);
    expect(isInDoubt(before, [{ number: 1, state: 'down', verdict: 'up' }])).toBe(true);
    expect(isInDoubt(before, [{ number: 1, state: 'down', verdict: 'down' }])).toBe(false);
    expect(isInDoubt(before, [{ number: 3, state: 'degraded', verdict: 'up' }])).toBe(false);
  });
});

describe('a turn whose targets were changed while it goes on', () => {
  const turn = { checkNumbers: [1, 2, 3], wellNumbers: [1, 2], degradedNumbers: [3] };

  it('lets go of what it does not cover any more, and remembers how the rest stood', () => {
    const now = [
      { number: 1, state: 'down' },
      { number: 3, state: 'down' },
    ] as const;
    expect(coveredNow(turn, now)).toEqual({ checkNumbers: [1, 3], wellNumbers: [1], degradedNumbers: [3] });
  });

  it('takes in what is new as it stands now', () => {
    const now = [
      { number: 1, state: 'up' },
      { number: 8, state: 'up' },
      { number: 9, state: 'down' },
    ] as const;
    expect(coveredNow(turn, now)).toEqual({ checkNumbers: [1, 8, 9], wellNumbers: [1, 8], degradedNumbers: [] });
  });
});
