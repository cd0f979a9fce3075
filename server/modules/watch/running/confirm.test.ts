import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sensitivity } from '#contract/rule.ts';
import type { Verdict } from '#contract/watch.ts';
import { confirm, freshStanding, usualSensitivity, type Confirmation, type Standing } from './confirm.ts';
import { changePercent } from './flapping.ts';

/** Weighs verdicts one second apart. */
function follow(
  verdicts: readonly Verdict[],
  from: Standing = freshStanding(),
  sensitive: Sensitivity = usualSensitivity,
): Confirmation[] {
  const steps: Confirmation[] = [];
  let standing = from;
  for (const [index, verdict] of verdicts.entries()) {
    const step = confirm(standing, { verdict, startedMs: 1_000 * (index + 1) }, sensitive);
    steps.push(step);
    ({ standing } = step);
  }
  return steps;
}

const kinds = (steps: readonly Confirmation[]): string[] => steps.map(({ kind }) => kind);

describe('a check', () => {
  test('is up with its first good result', () => {
    expect(kinds(follow(['up', 'up']))).toEqual(['changed', 'steady']);
  });

  test('is down after three failing results, from the first of them on', () => {
    const steps = follow(['up', 'up', 'down', 'down', 'down']);
    expect(kinds(steps)).toEqual(['changed', 'steady', 'suspect', 'suspect', 'changed']);
    expect(steps.at(-1)).toMatchObject({ kind: 'changed', from: 'up', firstMs: 3_000, standing: { verdict: 'down' } });
  });

  test('is watched on when the clock is set back, however far', () => {
    const ahead = confirm(freshStanding(), { verdict: 'up', startedMs: 400 * 86_400_000 }).standing;
    const steps = follow(['up', 'down', 'down', 'down'], ahead);
    expect(kinds(steps)).toEqual(['steady', 'suspect', 'suspect', 'changed']);
    expect(steps.at(-1)).toMatchObject({ firstMs: 2_000 });
    // Set back in the middle of a failure: it began when it was seen by the clock that is right now.
    const [failing] = follow(['down'], { ...ahead, agreedMs: 0 });
    const late = { ...(failing?.standing ?? ahead), streak: { count: 1, firstMs: 400 * 86_400_000 } };
    expect(follow(['down', 'down'], late).at(-1)).toMatchObject({ kind: 'changed', firstMs: 1_000 });
  });

  test('forgives a single blip', () => {
    expect(kinds(follow(['up', 'down', 'up', 'up']))).toEqual(['changed', 'suspect', 'steady', 'steady']);
  });

  test('has recovered after two good results, from the first of them on', () => {
    const steps = follow(['down', 'down', 'down', 'up', 'up']);
    expect(steps.at(-1)).toMatchObject({ kind: 'changed', from: 'down', firstMs: 4_000 });
  });

  test('does not go down by a run that began before a good one and ended after it', () => {
    const up = follow(['up']).at(-1)?.standing ?? freshStanding();
    const good = confirm(up, { verdict: 'up', startedMs: 5_000 });
    expect(confirm(good.standing, { verdict: 'down', startedMs: 4_500 }).kind).toBe('past');
  });

  test('that comes and goes is recognised, and is calm again when it stays', () => {
    const restless = follow(Array.from({ length: 20 }, (_none, index): Verdict => (index % 2 === 0 ? 'up' : 'down')));
    const last = restless.at(-1)?.standing ?? freshStanding();
    expect(last.flapping).toBe(true);
    expect(restless.some((step) => step.kind === 'changed' && step.standing.verdict === 'down')).toBe(false);
    let calm = last;
    for (let index = 0; index < 21; index += 1)
      calm = confirm(calm, { verdict: 'up', startedMs: 100_000 + index }).standing;
    expect(calm.flapping).toBe(false);
  });

  test('that goes down once and comes back does not flap', () => {
    const story: Verdict[] = [
      ...Array<Verdict>(12).fill('up'),
      ...Array<Verdict>(8).fill('down'),
      ...Array<Verdict>(8).fill('up'),
    ];
    expect(follow(story).some(({ standing }) => standing.flapping)).toBe(false);
  });
});

const verdict = fc.constantFrom<Verdict>('up', 'degraded', 'down', 'unknown');

describe('whatever the results', () => {
  test('a change is preceded by as many differing results as it takes, and never by an agreeing one', () => {
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 80 }), (verdicts) => {
        let streak = 0;
        let confirmed: Verdict = 'unknown';
        for (const [index, step] of follow(verdicts).entries()) {
          const now = verdicts[index] ?? 'unknown';
          streak = now === confirmed ? 0 : streak + 1;
          if (step.kind !== 'changed') continue;
          expect(step.from).toBe(confirmed);
          expect(step.firstMs).toBe(1_000 * (index + 2 - streak));
          expect(streak).toBeLessThanOrEqual(usualSensitivity.failures);
          confirmed = step.standing.verdict;
          expect(confirmed).toBe(now);
          streak = 0;
        }
      }),
    );
  });

  test('as many equal results as it takes are always enough', () => {
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 60 }), verdict, (before, last) => {
        const steps = follow([...before, last, last, last]);
        expect(steps.at(-1)?.standing).toMatchObject({ verdict: last, streak: null });
      }),
    );
  });

  test('a check takes exactly as many results as it was told to, both ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (failures, recoveries) => {
        const sensitive = { ...usualSensitivity, failures, recoveries, flapStart: 100 };
        const story = [
          'up' as const,
          ...Array<Verdict>(failures).fill('down'),
          ...Array<Verdict>(recoveries).fill('up'),
        ];
        const changes = follow(story, freshStanding(), sensitive).flatMap((step, index) =>
          step.kind === 'changed' ? [index] : [],
        );
        expect(changes).toEqual([0, failures, failures + recoveries]);
      }),
    );
  });

  test('what flaps is said so between its two limits, and never when that is switched off', () => {
    fc.assert(
      fc.property(
        fc.array(verdict, { minLength: 30, maxLength: 90 }),
        fc.integer({ min: 5, max: 99 }),
        (story, start) => {
          const sensitive = { ...usualSensitivity, flapStart: start, flapEnd: Math.max(1, start - 4) };
          let before = false;
          for (const { standing } of follow(story, freshStanding(), sensitive)) {
            const percent = changePercent(standing.history);
            const begins = standing.flapping && !before;
            const ends = !standing.flapping && before;
            expect(begins && percent < start).toBe(false);
            expect(ends && percent >= sensitive.flapEnd).toBe(false);
            before = standing.flapping;
          }
          const never = { ...usualSensitivity, flapStart: 100 };
          expect(follow(story, freshStanding(), never).some(({ standing }) => standing.flapping)).toBe(false);
        },
      ),
    );
  });

  test('memory does not grow', () => {
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 100, maxLength: 300 }), (verdicts) => {
        expect(follow(verdicts).at(-1)?.standing.history).toBeLessThan(2 ** 22);
      }),
    );
  });
});
