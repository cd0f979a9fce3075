import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, fitsPattern, holdsBack, overBecause } from './silence.ts';
import { silenceOf } from './testing/silence-of.ts';

const check = { checkId: 'c', checkKind: 'http', checkName: 'Shop page', targetId: 'web1' };

describe('a silence', () => {
  test('covers its check, its kind, its name or its thing', () => {
    const web1 = { kind: 'host', id: 'web1', name: 'web1' } as const;
    const lyon = { kind: 'site', id: 'lyon', name: 'Lyon' } as const;
    expect(covers(silenceOf({ checkId: 'c' }), check)).toBe(true);
    expect(covers(silenceOf({ checkId: 'd' }), check)).toBe(false);
    expect(covers(silenceOf({ checkKind: 'http' }), check)).toBe(true);
    expect(covers(silenceOf({ pattern: 'shop*' }), check)).toBe(true);
    expect(covers(silenceOf({ target: web1 }), check)).toBe(true);
    const below = { target: lyon, belowIds: new Set(['web1']) };
    expect(covers(silenceOf(below), check)).toBe(true);
    expect(covers(silenceOf({ ...below, below: false }), check)).toBe(false);
  });

  test('lets through what is worse when it was told to', () => {
    const mild = silenceOf({ checkId: 'c', unlessWorse: true });
    expect(holdsBack(mild, { ...check, state: 'degraded' })).toBe(true);
    expect(holdsBack(mild, { ...check, state: 'down' })).toBe(false);
    expect(holdsBack(silenceOf({ checkId: 'c' }), { ...check, state: 'down' })).toBe(true);
  });

  test('ends with its condition, and at its moment in any case', () => {
    const soon = { now: new Date(500), failing: true, ticketOpen: true };
    expect(overBecause({ ends: 'cured', until: new Date(1_000) }, soon)).toBeNull();
    expect(overBecause({ ends: 'cured', until: new Date(1_000) }, { ...soon, failing: false })).toBe('cured');
    expect(overBecause({ ends: 'ticketClosed', until: new Date(1_000) }, { ...soon, ticketOpen: false })).toBe(
      'ticketClosed',
    );
    expect(overBecause({ ends: 'moment', until: new Date(1_000) }, { ...soon, failing: false })).toBeNull();
    for (const ends of ['moment', 'cured', 'ticketClosed'] as const)
      expect(overBecause({ ends, until: new Date(1_000) }, { ...soon, now: new Date(1_000) })).toBe('moment');
  });
});

test('a pattern fits as the same one written as an expression would', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, name) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'u');
      expect(fitsPattern(pattern, name)).toBe(expression.test(name));
    }),
  );
});
