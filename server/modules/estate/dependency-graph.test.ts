import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ThingRef } from '#contract/words.ts';
import { ancestorsIn, closesCircle, dependantsIn, type Dependency } from './dependency-graph.ts';

const thing = (id: string): ThingRef => ({ kind: 'host', id });
const needs = (dependent: string, on: string): Dependency => ({ dependent: thing(dependent), on: thing(on) });

/** Any graph of at most ten things, circles included. */
const anyGraph = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })).map(([a, b]) => needs(`${a}`, `${b}`)),
  { maxLength: 40 },
);

describe('what suffers when a thing fails', () => {
  it('comes nearest first, by the shortest way', () => {
    const shop = [needs('web', 'database'), needs('database', 'switch'), needs('web', 'switch'), needs('mail', 'web')];
    expect(dependantsIn(shop, thing('switch')).map(({ id, distance }) => [id, distance])).toEqual([
      ['database', 1],
      ['web', 1],
      ['mail', 2],
    ]);
  });

  it('is everything that has the thing among its ancestors, and nothing else', () => {
    fc.assert(
      fc.property(anyGraph, fc.integer({ min: 0, max: 9 }), (graph, start) => {
        const dependants = new Set(dependantsIn(graph, thing(`${start}`)).map(({ id }) => id));
        for (let other = 0; other <= 9; other += 1) {
          if (other === start) continue;
          const has = ancestorsIn(graph, thing(`${other}`)).some(({ id }) => id === `${start}`);
          expect(dependants.has(`${other}`)).toBe(has);
        }
      }),
    );
  });

  it('ends in a circle too', () => {
    expect(dependantsIn([needs('a', 'b'), needs('b', 'a')], thing('a')).map(({ id }) => id)).toEqual(['b']);
  });
});

describe('a circle', () => {
  it('is what a thing and its own dependant would make', () => {
    const chain = [needs('a', 'b'), needs('b', 'c')];
    expect(closesCircle(chain, needs('c', 'a'))).toBe(true);
    expect(closesCircle(chain, needs('a', 'c'))).toBe(false);
    expect(closesCircle([], needs('a', 'a'))).toBe(true);
  });

  it('never comes about when every dependency was asked about first', () => {
    fc.assert(
      fc.property(anyGraph, (wanted) => {
        const kept: Dependency[] = [];
        for (const one of wanted) if (!closesCircle(kept, one)) kept.push(one);
        for (const { dependent } of kept)
          expect(ancestorsIn(kept, dependent).some(({ id }) => id === dependent.id)).toBe(false);
        // A circle would lead back to its beginning: nobody is an ancestor of what it depends on.
        for (const { dependent, on } of kept)
          expect(ancestorsIn(kept, on).some(({ id }) => id === dependent.id)).toBe(false);
      }),
    );
  });
});
