import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Member } from '#probe/inside-view.ts';
import { compositeSettings, type CompositeSettings } from './settings.ts';
import { weighMembers } from './weigh-members.ts';

const states = ['up', 'degraded', 'down', 'unreachable', 'unknown'] as const;
const idOf = (index: number): string => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;

function weigh(given: Partial<CompositeSettings>, all: readonly Member['state'][]) {
  const members = all.map((state, index) => ({ id: idOf(index), name: `c${index}`, target: 'h', state }));
  return weighMembers(compositeSettings.parse(given), members);
}

describe('a composite', () => {
  test('of all is as its worst member', () => {
    expect(weigh({ mode: 'all' }, ['up', 'up']).verdict).toBe('up');
    expect(weigh({ mode: 'all' }, ['up', 'degraded']).verdict).toBe('degraded');
    expect(weigh({ mode: 'all' }, ['up', 'unreachable'])).toMatchObject({ verdict: 'down', bad: ['h: c1'] });
  });

  test('of any is up while one is', () => {
    expect(weigh({ mode: 'any' }, ['down', 'up', 'down']).verdict).toBe('up');
    expect(weigh({ mode: 'any', warnWithoutReserve: true }, ['down', 'up']).verdict).toBe('degraded');
    expect(weigh({ mode: 'any' }, ['down', 'down']).verdict).toBe('down');
  });

  test('of at least so many counts them', () => {
    expect(weigh({ mode: 'atLeast', least: 2 }, ['up', 'up', 'down']).verdict).toBe('up');
    expect(weigh({ mode: 'atLeast', least: 2, warnWithoutReserve: true }, ['up', 'up', 'down']).verdict).toBe(
      'degraded',
    );
    expect(weigh({ mode: 'atLeast', least: 2 }, ['up', 'down', 'down']).verdict).toBe('down');
  });

  test('weighs members by their weight', () => {
    const members = [`${idOf(0)}*3`, idOf(1)];
    expect(weigh({ mode: 'weighted', members, downPercent: 50 }, ['up', 'down'])).toMatchObject({
      verdict: 'degraded',
      percent: 75,
    });
    expect(weigh({ mode: 'weighted', members, downPercent: 50 }, ['down', 'up']).verdict).toBe('down');
  });

  test('of nothing, or whose named member is not watched, is not known unless that does not matter', () => {
    expect(weigh({}, []).verdict).toBe('unknown');
    expect(weigh({ members: [idOf(0), idOf(9)] }, ['up']).verdict).toBe('unknown');
    expect(weigh({ members: [idOf(0), idOf(9)] }, ['down']).verdict).toBe('down');
    expect(weigh({ mode: 'any', members: [idOf(0), idOf(9)] }, ['up']).verdict).toBe('up');
  });

  test('says something only when it holds whatever the unknown ones are', () => {
    const settings = fc.record({
      mode: fc.constantFrom('all', 'any', 'atLeast', 'weighted' as const),
      least: fc.integer({ min: 1, max: 5 }),
      upPercent: fc.integer({ min: 50, max: 100 }),
      downPercent: fc.integer({ min: 0, max: 50 }),
      warnWithoutReserve: fc.boolean(),
    });
    fc.assert(
      fc.property(settings, fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 8 }), (given, all) => {
        const { verdict } = weigh(given, all);
        if (verdict === 'unknown') return;
        for (const truth of ['up', 'down'] as const) {
          const known = all.map((state) => (state === 'unknown' ? truth : state));
          expect(weigh(given, known).verdict).toBe(verdict);
        }
      }),
    );
  });
});
