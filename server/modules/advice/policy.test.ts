import { describe, expect, it } from 'vitest';
import { isNormal, normalOf } from './normal.ts';
import { isEnough, learningUntil, policyFor, usualPolicy, type Policy } from './policy.ts';

const check = { id: 'c', kind: 'http', profileId: 'p' };
const policy = (scope: Policy['scope'], key: string): Policy => ({ ...usualPolicy, scope, key });

describe('policies', () => {
  it('lets the narrowest count', () => {
    const all = [policy('all', ''), policy('kind', 'http'), policy('profile', 'p'), policy('check', 'c')];
    expect(policyFor(check, all).scope).toBe('check');
    expect(policyFor(check, all.slice(0, 3)).scope).toBe('profile');
    expect(policyFor(check, all.slice(0, 2)).scope).toBe('kind');
    expect(policyFor({ ...check, kind: 'dns' }, all.slice(0, 2)).scope).toBe('all');
    expect(policyFor(check, [])).toBe(usualPolicy);
  });

  it('asks for both the share and the amount', () => {
    const odd = { kind: 'level', expected: 100, seen: 108 };
    expect(isEnough(odd, { leastShare: 0.05, leastAmount: 5 })).toBe(true);
    expect(isEnough(odd, { leastShare: 0.1, leastAmount: 0 })).toBe(false);
    expect(isEnough(odd, { leastShare: 0, leastAmount: 10 })).toBe(false);
    expect(isEnough({ ...odd, kind: 'stuck' }, { leastShare: 1, leastAmount: 1e9 })).toBe(true);
  });

  it('learns from the first sample on', () => {
    expect(learningUntil(new Date(0), { learningHours: 2 }).getTime()).toBe(7_200_000);
  });
});

describe('what was called normal', () => {
  it('covers the like, with a quarter of its width beyond, on both sides', () => {
    const night = normalOf({ kind: 'spike', expected: 10, seen: 90 });
    expect(night).toEqual({ about: 'value', low: -10, high: 110 });
    expect(isNormal({ kind: 'level', expected: 12, seen: 95 }, night)).toBe(true);
    expect(isNormal({ kind: 'spike', expected: 10, seen: 140 }, night)).toBe(false);
    expect(isNormal({ kind: 'spread', expected: 1, seen: 20 }, night)).toBe(false);
  });

  it('covers standing still at that value only', () => {
    const still = normalOf({ kind: 'stuck', expected: 3, seen: 3 });
    expect(isNormal({ kind: 'stuck', expected: 3, seen: 3 }, still)).toBe(true);
    expect(isNormal({ kind: 'stuck', expected: 4, seen: 4 }, still)).toBe(false);
  });
});
