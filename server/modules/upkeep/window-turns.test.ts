import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windowTurns, type WindowPlan } from './window-turns.ts';

const at = (text: string): Date => new Date(text);

function planOf(given: Partial<WindowPlan>): WindowPlan {
  return {
    startsAt: at('2026-03-03T22:00:00+01:00'),
    durationMinutes: 120,
    repeats: 'weekly',
    days: [],
    timeZone: 'Europe/Paris',
    lastAt: null,
    endedAt: null,
    ...given,
  };
}

const starts = (plan: WindowPlan, from: string, until: string) =>
  windowTurns(plan, at(from), at(until)).map((turn) => turn.from.toISOString());

describe('a maintenance window', () => {
  test('that does not repeat has one turn', () => {
    expect(starts(planOf({ repeats: 'never' }), '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual([
      '2026-03-03T21:00:00.000Z',
    ]);
  });

  test('keeps its clock time when summer time begins and ends', () => {
    // 29 March and 25 October 2026 in Paris: 22:00 is 21:00 UTC in winter and 20:00 in summer.
    expect(starts(planOf({}), '2026-03-20T00:00:00Z', '2026-04-05T00:00:00Z')).toEqual([
      '2026-03-24T21:00:00.000Z',
      '2026-03-31T20:00:00.000Z',
    ]);
    expect(starts(planOf({}), '2026-10-18T00:00:00Z', '2026-10-30T00:00:00Z')).toEqual([
      '2026-10-20T20:00:00.000Z',
      '2026-10-27T21:00:00.000Z',
    ]);
  });

  test('has exactly one turn in a night in which its hour is missing or comes twice', () => {
    const nightly = planOf({ repeats: 'daily', startsAt: at('2026-03-01T02:30:00+01:00'), durationMinutes: 30 });
    expect(windowTurns(nightly, at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'))).toHaveLength(1);
    expect(windowTurns(nightly, at('2026-10-24T12:00:00Z'), at('2026-10-25T12:00:00Z'))).toHaveLength(1);
  });

  test('comes on chosen days, on a day of the month, or on the second Tuesday', () => {
    const week = ['2026-03-09T00:00:00Z', '2026-03-16T00:00:00Z'] as const;
    expect(starts(planOf({ days: [1, 7] }), ...week)).toEqual(['2026-03-09T21:00:00.000Z', '2026-03-15T21:00:00.000Z']);
    const year = ['2026-04-01T00:00:00Z', '2026-07-01T00:00:00Z'] as const;
    expect(starts(planOf({ repeats: 'monthly' }), ...year)).toHaveLength(3);
    const second = planOf({ repeats: 'monthlyByDay', startsAt: at('2026-03-10T22:00:00+01:00') });
    expect(starts(second, ...year).map((each) => each.slice(0, 10))).toEqual([
      '2026-04-14',
      '2026-05-12',
      '2026-06-09',
    ]);
  });

  test('is cut where it was ended, and not begun after its last day', () => {
    const ended = planOf({ repeats: 'daily', endedAt: at('2026-03-05T22:30:00+01:00') });
    const turns = windowTurns(ended, at('2026-03-01T00:00:00Z'), at('2026-04-01T00:00:00Z'));
    expect(turns).toHaveLength(3);
    expect(turns.at(-1)?.until).toEqual(at('2026-03-05T22:30:00+01:00'));
    const last = planOf({ repeats: 'daily', lastAt: at('2026-03-04T23:00:00+01:00') });
    expect(windowTurns(last, at('2026-03-01T00:00:00Z'), at('2026-04-01T00:00:00Z'))).toHaveLength(2);
  });

  test('says of every moment the same, whatever period is asked for', () => {
    const plan = planOf({ repeats: 'daily', durationMinutes: 90 });
    const first = at('2026-03-20T00:00:00Z').getTime();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 1_440 }), fc.integer({ min: 1, max: 2_000 }), (minute, length) => {
        const now = new Date(first + minute * 60_000);
        const around = windowTurns(plan, now, new Date(now.getTime() + 1));
        const wide = windowTurns(plan, new Date(now.getTime() - length * 60_000), new Date(now.getTime() + 60_000));
        expect(wide.filter((turn) => turn.from <= now && turn.until > now)).toEqual(around);
      }),
      { numRuns: 60 },
    );
  });
});
