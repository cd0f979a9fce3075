import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NamedThing } from '#contract/words.ts';
import { findCause, type Guard, type Needed } from './cause.ts';

const thing = (id: string): NamedThing => ({ kind: 'host', id, name: id });
const guard = (changes: Partial<Guard> = {}): Guard => ({
  id: 'guard',
  state: 'up',
  because: null,
  suspected: false,
  lastStartedMs: 2_000,
  ...changes,
});
const need = (id: string, ...guards: Guard[]): Needed => ({ thing: thing(id), guards });

describe('a failure', () => {
  test('is its own when nothing is needed or watched', () => {
    expect(findCause([], 1_000)).toEqual({ kind: 'own' });
    expect(findCause([need('switch')], 1_000)).toEqual({ kind: 'own' });
  });

  test('is its own when everything needed was seen well since it began', () => {
    expect(findCause([need('host', guard()), need('switch', guard({ state: 'degraded' }))], 1_000)).toEqual({
      kind: 'own',
    });
  });

  test('comes from what is down, nearest first', () => {
    const down = guard({ state: 'down' });
    expect(findCause([need('host', guard()), need('switch', down), need('site', down)], 1_000)).toEqual({
      kind: 'because',
      thing: thing('switch'),
    });
  });

  test('comes from the cause of what is unreachable', () => {
    const cut = guard({ state: 'unreachable', because: thing('router') });
    expect(findCause([need('switch', cut)], 1_000)).toEqual({ kind: 'because', thing: thing('router') });
  });

  test('waits for what was not looked at since, and for what is in doubt', () => {
    const old = guard({ id: 'old', lastStartedMs: 500 });
    const doubtful = guard({ id: 'doubtful', suspected: true });
    expect(findCause([need('host', old), need('switch', doubtful)], 1_000)).toEqual({
      kind: 'waiting',
      guardIds: ['old', 'doubtful'],
    });
  });

  test('is never blamed on something that is well', () => {
    const anyGuard = fc.record({
      id: fc.string(),
      state: fc.constantFrom<Guard['state']>('up', 'degraded', 'down', 'unreachable', 'unknown'),
      because: fc.constant(null),
      suspected: fc.boolean(),
      lastStartedMs: fc.nat(3_000),
    });
    const anyNeed = fc.array(
      fc.record({ thing: fc.string().map(thing), guards: fc.array(anyGuard, { maxLength: 4 }) }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(anyNeed, fc.nat(3_000), (needs, since) => {
        const failing = needs.filter(({ guards }) =>
          guards.some(({ state }) => state === 'down' || state === 'unreachable'),
        );
        const cause = findCause(needs, since);
        expect(cause.kind === 'because').toBe(failing.length > 0);
      }),
    );
  });
});
