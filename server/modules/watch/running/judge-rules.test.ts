import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rule as ruleShape, type Rule } from '#contract/rule.ts';
import type { Verdict } from '#contract/watch.ts';
import { judgeRules, type RuleStandings } from './judge-rules.ts';

const everyMs = 10_000;
const maxGapMs = 45_000;

function ruleOf(given: Partial<Rule>): Rule {
  return ruleShape.parse({ metric: 'load', operator: 'above', degraded: 90, ...given });
}

/** Verdicts of one measurement after another, one each ten seconds; null is a run that measures nothing. */
function play(rules: readonly Rule[], values: readonly (number | null)[], own: Verdict = 'up'): Verdict[] {
  let standings: RuleStandings = new Map();
  return values.map((value, index) => {
    const metrics = value === null ? [] : [{ name: 'load', unit: 'number' as const, value }];
    const ruled = judgeRules(rules, standings, { verdict: own, metrics, atMs: index * everyMs }, maxGapMs);
    standings = ruled.standings;
    return ruled.verdict;
  });
}

describe('a rule', () => {
  test('without a duration is broken at once and kept again at once', () => {
    expect(play([ruleOf({})], [89, 90, 90.1, 90])).toEqual(['up', 'up', 'degraded', 'up']);
  });

  test('with a margin stays broken until the value is back by it', () => {
    expect(play([ruleOf({ margin: 5 })], [91, 88, 86, 85, 88])).toEqual([
      'degraded',
      'degraded',
      'degraded',
      'up',
      'up',
    ]);
  });

  test('with two limits says the worse one, and passes through the milder one on the way back', () => {
    const both = ruleOf({ degraded: 80, down: 90, margin: 5 });
    expect(play([both], [85, 95, 86, 84, 75])).toEqual(['degraded', 'down', 'down', 'degraded', 'up']);
  });

  test('with a duration is broken exactly when it has lasted so long, and not a moment before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20 }), (forSteps, beforeSteps) => {
        const values = [...Array<number>(beforeSteps).fill(10), ...Array<number>(60).fill(99)];
        const verdicts = play([ruleOf({ forSeconds: forSteps * 10 })], values);
        expect(verdicts.indexOf('degraded')).toBe(beforeSteps + forSteps);
      }),
    );
  });

  test('starts its duration anew when the value was good in between, or was not measured for long', () => {
    const rule = ruleOf({ forSeconds: 20 });
    expect(play([rule], [99, 99, 10, 99, 99, 99])).toEqual(['up', 'up', 'up', 'up', 'up', 'degraded']);
    let { standings } = judgeRules([rule], new Map(), { verdict: 'up', metrics: [load(99)], atMs: 0 }, maxGapMs);
    ({ standings } = judgeRules([rule], standings, { verdict: 'up', metrics: [load(99)], atMs: 100_000 }, maxGapMs));
    const after = judgeRules([rule], standings, { verdict: 'up', metrics: [load(99)], atMs: 110_000 }, maxGapMs);
    expect(after.verdict).toBe('up');
  });

  test('never changes while the value stays within the margin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 85.0001, max: 90, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(10, 99),
        (within, start) => {
          const [first, ...rest] = play([ruleOf({ margin: 5 })], [start, ...within]);
          expect(new Set(rest)).toEqual(new Set([first]));
        },
      ),
    );
  });

  test('is never broken for a value that was never beyond its limit, and never kept while it is', () => {
    const anyRule = fc.record({
      operator: fc.constantFrom('above', 'atLeast', 'below', 'atMost', 'equals', 'differs' as const),
      degraded: fc.integer({ min: -5, max: 5 }),
      margin: fc.integer({ min: 0, max: 4 }),
    });
    const beyond: Record<string, (value: number, limit: number) => boolean> = {
      above: (value, limit) => value > limit,
      atLeast: (value, limit) => value >= limit,
      below: (value, limit) => value < limit,
      atMost: (value, limit) => value <= limit,
      equals: (value, limit) => value === limit,
      differs: (value, limit) => value !== limit,
    };
    fc.assert(
      fc.property(anyRule, fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1 }), (given, values) => {
        const verdicts = play([ruleOf(given)], values);
        const isBad = (value: number) => beyond[given.operator]?.(value, given.degraded) ?? false;
        const firstBad = values.findIndex(isBad);
        const before = verdicts.slice(0, firstBad < 0 ? verdicts.length : firstBad);
        expect(before).not.toContain('degraded');
        expect(verdicts.filter((verdict, index) => isBad(values[index] ?? 0) && verdict !== 'degraded')).toEqual([]);
      }),
    );
  });

  test('says what it means when nothing is measured, after its duration', () => {
    expect(play([ruleOf({ missing: 'down', forSeconds: 10 })], [10, null, null, 10])).toEqual([
      'up',
      'up',
      'down',
      'up',
    ]);
    expect(play([ruleOf({})], [10, null, null])).toEqual(['up', 'up', 'up']);
  });

  test('adds to what the kind says and never hides it', () => {
    expect(play([ruleOf({})], [99], 'down')).toEqual(['down']);
    expect(play([ruleOf({})], [99], 'unknown')).toEqual(['unknown']);
    expect(play([ruleOf({ down: 95 })], [99], 'degraded')).toEqual(['down']);
    expect(play([ruleOf({})], [10], 'degraded')).toEqual(['degraded']);
  });

  test('without an instance holds for each of them and names the one that breaks it', () => {
    const disks = ruleOf({ metric: 'disk' });
    const metrics = [
      { name: 'disk:/', unit: 'percent' as const, value: 40 },
      { name: 'disk:/var', unit: 'percent' as const, value: 95 },
      { name: 'diskBusy:sda', unit: 'percent' as const, value: 99 },
    ];
    const ruled = judgeRules([disks], new Map(), { verdict: 'up', metrics, atMs: 0 }, maxGapMs);
    expect(ruled.reason).toMatchObject({ code: 'rule_broken', data: { metric: 'disk:/var', value: 95, limit: 90 } });
  });
});

function load(value: number) {
  return { name: 'load', unit: 'number' as const, value };
}
