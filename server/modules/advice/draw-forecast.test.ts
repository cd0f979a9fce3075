import { describe, expect, it } from 'vitest';
import { drawForecast, type DrawnForecast } from './draw-forecast.ts';
import type { FullForecast } from './store-forecast.ts';

const now = new Date('2026-11-22T12:00:00Z');
const day = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const measured = async () => [];

/** A disk at 60 % that is full in 40 days, most likely between 30 and 55. */
const disk: FullForecast = {
  seriesId: 1,
  checkId: 'c',
  checkName: 'Host',
  checkKind: 'linux-host',
  series: 'disk:/var',
  unit: '%',
  target: null,
  madeAt: now,
  capacity: 100,
  falling: false,
  byHand: false,
  fullAt: day(40),
  lowAt: day(30),
  highAt: day(55),
  within30Days: 0.1,
  perDay: 1,
  jumps: null,
  why: 'date',
  pastDays: 60,
  last: 60,
};
const cleared = { isFall: true, size: 20, gapDays: 10, sinceDays: 4 };

const draw = (rest: Partial<FullForecast>): Promise<DrawnForecast> =>
  drawForecast({ measured }, { ...disk, ...rest }, now);

/** How often a line falls by more than `by` from one of its points to the next. */
const falls = (line: readonly (number | null)[], by: number): number =>
  line.filter((value, at) => (line[at - 1] ?? 0) - (value ?? 0) > by).length;

/** That the likely course lies between the edges, all along. */
function expectBetween({ likely, low, high }: DrawnForecast, sign: 1 | -1 = 1): void {
  for (const [at, value] of likely.entries()) {
    expect(sign * (low[at] ?? 0)).toBeGreaterThanOrEqual(sign * (value ?? 0) - 1e-9);
    expect(sign * (high[at] ?? 0)).toBeLessThanOrEqual(sign * (value ?? 0) + 1e-9);
  }
}

describe('the chart of a forecast', () => {
  it('goes straight from now to the limit, between its earliest and its latest day', async () => {
    const drawn = await draw({});
    expect(drawn.likely[0]).toBe(60);
    expect(drawn.likely.at(-1)).toBe(100);
    expect(falls(drawn.likely, 0)).toBe(0);
    expectBetween(drawn);
    expect(drawn.times.at(-1) ?? 0).toBeGreaterThan(day(55).getTime() / 1_000);
  });

  it('shows the clean-ups that come again on the way to the limit', async () => {
    const drawn = await draw({ jumps: cleared });
    expect(drawn.likely[0]).toBeCloseTo(60);
    expect(falls(drawn.likely, 10)).toBeGreaterThanOrEqual(3);
    expect(drawn.likely.at(-1)).toBe(100);
    expectBetween(drawn);
  });

  it('shows them where there is no date because of them, and no band where nothing is known of one', async () => {
    const none = { fullAt: null, lowAt: null, highAt: null };
    const drawn = await draw({ ...none, why: 'cleared', jumps: cleared, perDay: 0 });
    expect(falls(drawn.likely, 10)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...drawn.likely.map((value) => value ?? 0))).toBeLessThan(75);
    expectBetween(drawn);
    const plain = await draw({ ...none, why: 'notGrowing', perDay: 0 });
    expect(new Set(plain.likely)).toEqual(new Set([60]));
    expect(plain.low.every((value) => value === null)).toBe(true);
  });

  it('shows rises that come again, and what falls towards its limit, the other way round', async () => {
    const rises = await draw({ jumps: { ...cleared, isFall: false } });
    expect(
      falls(
        rises.likely.map((value) => -(value ?? 0)),
        10,
      ),
    ).toBeGreaterThanOrEqual(3);
    expectBetween(rises);
    const toner = await draw({ falling: true, capacity: 0, last: 40, jumps: cleared });
    expect(toner.likely[0]).toBeCloseTo(40);
    expect(toner.likely.at(-1)).toBeCloseTo(0);
    expect(
      falls(
        toner.likely.map((value) => -(value ?? 0)),
        10,
      ),
    ).toBeGreaterThanOrEqual(3);
    expectBetween(toner, -1);
  });

  it('stays finite where nothing was measured or the day is now', async () => {
    for (const rest of [
      { last: null },
      { fullAt: now, lowAt: now, highAt: now, jumps: cleared },
      { why: 'full' as const, fullAt: now, lowAt: null, highAt: null },
    ]) {
      const { likely, low, high } = await draw(rest);
      for (const value of [...likely, ...low, ...high]) expect(value === null || Number.isFinite(value)).toBe(true);
    }
  });
});
