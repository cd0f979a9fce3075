import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rule } from '#contract/rule.ts';
import type { Verdict } from '#contract/watch.ts';
import { usualSensitivity } from '../running/confirm.ts';
import { Replay, type Manner, type PastSample } from './replay.ts';

const intervalMs = 10_000;
const reason = { code: 'open', data: {} };

function sample(index: number, value: number, verdict: Verdict = 'up'): PastSample {
  return { atMs: index * intervalMs, verdict, reason, metrics: [{ name: 'load', unit: 'number', value }] };
}

function play(samples: readonly PastSample[], given: Partial<Manner> = {}) {
  const replay = new Replay({ rules: [], sensitivity: usualSensitivity, intervalMs, ...given });
  replay.feed(samples, intervalMs * 3);
  replay.end();
  return replay.firings;
}

const limit = (given: object) => [rule.parse({ metric: 'load', operator: 'above', degraded: 90, ...given })];

describe('a rule played over the past', () => {
  const busy = [10, 95, 10, 95, 95, 95, 95, 95, 95, 95, 10, 10].map((value, index) => sample(index, value));

  test('fires when it would have, with the time that confirmation takes', () => {
    const [first, second, ...others] = play(busy, { rules: limit({}) });
    expect(others).toEqual([]);
    // Seen at 10 s, confirmed by two re-checks a second apart.
    expect(first).toMatchObject({ fromMs: 12_000, untilMs: 21_000, state: 'degraded' });
    expect(second?.fromMs).toBe(32_000);
    expect(second?.reason).toMatchObject({ code: 'rule_broken', data: { value: 95 } });
  });

  test('fires once when it must last a little, and not at all when it must last longer', () => {
    expect(play(busy, { rules: limit({ forSeconds: 30 }) })).toHaveLength(1);
    expect(play(busy, { rules: limit({ forSeconds: 120 }) })).toEqual([]);
  });

  test('says what lasts to the end', () => {
    const [last] = play(
      [10, 95, 95].map((value, index) => sample(index, value)),
      { rules: limit({}) },
    );
    expect(last?.untilMs).toBeNull();
  });

  test('knows nothing of what nobody measured', () => {
    const gap = [sample(0, 95, 'up'), sample(100, 10), sample(101, 10)];
    expect(play(gap, { rules: limit({ forSeconds: 300 }) })).toEqual([]);
  });
});

describe('confirmation played over the past', () => {
  const blips: Verdict[] = ['up', 'down', 'up', 'up', 'down', 'down', 'down', 'up', 'up'];

  test('by more failures takes longer, and forgives what is shorter', () => {
    const samples = blips.map((verdict, index) => sample(index, 0, verdict));
    expect(play(samples).map(({ fromMs }) => fromMs)).toEqual([12_000, 42_000]);
    const patient = { ...usualSensitivity, failures: 15, flapStart: 100 };
    expect(play(samples, { sensitivity: patient }).map(({ fromMs }) => fromMs)).toEqual([54_000]);
  });

  test('never fires more often for a longer duration', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 2, maxLength: 80 }),
        fc.nat(20),
        fc.nat(20),
        (busy, one, more) => {
          const samples = busy.map((high, index) => sample(index, high ? 99 : 1));
          const sensitivity = { ...usualSensitivity, flapStart: 100 };
          const count = (steps: number) =>
            play(samples, { rules: limit({ forSeconds: steps * 10 }), sensitivity }).length;
          expect(count(one + more)).toBeLessThanOrEqual(count(one));
        },
      ),
    );
  });
});
