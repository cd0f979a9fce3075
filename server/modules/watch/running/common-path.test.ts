import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonPath, type PathTarget } from './common-path.ts';

const since = 1_000_000;

function target(id: string, given: Partial<PathTarget> = {}): PathTarget {
  const silent = { lastGoodMs: since - 5_000, lastStartedMs: since + 1_000, failing: true, failingSinceMs: null };
  return { id, askId: `ping ${id}`, ...silent, ...given };
}

const silent = ['a', 'b', 'c', 'd'].map((id) => target(id));

describe('what a site shares', () => {
  test('fails when all of it is silent together', () => {
    expect(commonPath(silent, 'a', since)).toEqual({ kind: 'common' });
  });

  test('does not fail when one of it has answered since', () => {
    expect(commonPath([...silent, target('e', { failing: false, lastGoodMs: since + 1_000 })], 'a', since)).toEqual({
      kind: 'own',
    });
  });

  test('is not cleared by an answer that was under way when it was cut', () => {
    expect(commonPath([...silent, target('e', { lastGoodMs: since + 50 })], 'a', since)).toEqual({ kind: 'common' });
  });

  test('is not judged before all were looked at', () => {
    const open = target('e', { failing: false, lastStartedMs: since - 4_000 });
    expect(commonPath([...silent, open], 'a', since)).toEqual({ kind: 'waiting', guardIds: ['ping e'] });
  });

  test('is not judged by two of it, nor by what failed long before', () => {
    expect(commonPath(silent.slice(0, 2), 'a', since)).toEqual({ kind: 'own' });
    const old = ['x', 'y', 'z'].map((id) => target(id, { failingSinceMs: since - 3_600_000 }));
    expect(commonPath([target('a'), target('b'), ...old], 'a', since)).toEqual({ kind: 'own' });
  });

  test('is judged by twenty however many there are', () => {
    const many = Array.from({ length: 500 }, (_none, index) =>
      target(`h${index}`, index > 20 ? { failing: false } : {}),
    );
    expect(commonPath(many, 'h0', since)).toEqual({ kind: 'common' });
  });

  test('is never blamed while something of it is known to answer', () => {
    const some = fc.record({ failing: fc.boolean(), lastGoodMs: fc.integer({ min: since + 990, max: since + 1_010 }) });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (all) => {
        const targets = all.map((given, index) => target(`h${index}`, given));
        fc.pre(all.some(({ lastGoodMs }) => lastGoodMs >= since + 1_000));
        expect(commonPath(targets, 'h0', since).kind).not.toBe('common');
      }),
    );
  });
});
