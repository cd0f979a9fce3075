import { expect, test } from 'vitest';
import type { Point } from './even-series.ts';
import { forecastCapacity } from './forecast-capacity.ts';
import { drawsFrom } from './random.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 8, 1);
const question = { capacity: 100, horizonDays: 90 };

/** Sixty days, a value every two hours. */
function series(valueOn: (day: number) => number, noise = 0.1): Point[] {
  const draws = drawsFrom(3);
  return Array.from({ length: 720 }, (_, i) => ({
    timeMs: startMs + (i * dayMs) / 12,
    value: valueOn(i / 12) + noise * draws.normal(),
  }));
}

const daysAfter = (timeMs: number | null): number | null =>
  timeMs === null ? null : (timeMs - startMs) / dayMs - 59.917;

test('steady growth is full when a ruler says so', () => {
  const found = forecastCapacity(
    series((day) => 40 + day / 1.5),
    question,
  );
  expect(daysAfter(found?.fullAtMs ?? null)).toBeCloseTo(30, 0);
  expect(found?.slopePerDay).toBeCloseTo(1 / 1.5, 1);
  expect(found?.lowMs).toBeLessThanOrEqual(found?.fullAtMs ?? 0);
  expect(found?.highMs).toBeGreaterThanOrEqual(found?.fullAtMs ?? Infinity);
});

test('what does not grow has no date', () => {
  const noisy = forecastCapacity(
    series(() => 70, 1),
    question,
  );
  expect(noisy).toMatchObject({ fullAtMs: null, lowMs: null });
  expect(noisy?.within30Days).toBeLessThan(0.05);
  expect(
    forecastCapacity(
      series(() => 70, 0),
      question,
    ),
  ).toMatchObject({ fullAtMs: null });
});

test('nightly clean-ups are not taken for a trend', () => {
  expect(
    forecastCapacity(
      series((day) => 60 + 20 * (day % 1)),
      question,
    ),
  ).toMatchObject({ fullAtMs: null });
});

test('one purge leaves the growth as it was', () => {
  const found = forecastCapacity(
    series((day) => 50 + day * 0.8 - (day > 40 ? 30 : 0)),
    question,
  );
  expect(daysAfter(found?.fullAtMs ?? null)).toBeGreaterThan(36);
  expect(daysAfter(found?.fullAtMs ?? null)).toBeLessThan(44);
});

test('the unit and the moment make no difference', () => {
  const base = series((day) => 30 + day * 0.7, 0.3);
  const plain = forecastCapacity(base, question);
  const scaled = forecastCapacity(
    base.map(({ timeMs, value }) => ({ timeMs: timeMs + 7 * dayMs, value: value * 1024 })),
    { capacity: 102_400, horizonDays: 90 },
  );
  expect((scaled?.fullAtMs ?? 0) - 7 * dayMs).toBeCloseTo(plain?.fullAtMs ?? 1, -6);
});

test('the order of the points makes no difference, and the same points give the same answer', () => {
  const base = series((day) => 30 + day, 0.3);
  expect(forecastCapacity(base.toReversed(), question)).toEqual(forecastCapacity(base, question));
});

test('whatever comes, no number is a NaN and nothing throws', () => {
  const draws = drawsFrom(11);
  const odd = [0, -1, 1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY, 5e-324];
  const kinds: ((i: number) => number)[] = [
    () => odd[Math.floor(draws.even() * odd.length)] ?? 0,
    (i) => (i % 2 === 0 ? Number.NaN : i),
    (i) => 2 ** (i / 8),
    (i) => (i < 50 ? 0 : 100),
    () => 50 + 20 * draws.normal(),
  ];
  for (const valueAt of kinds) {
    for (const length of [0, 1, 2, 11, 12, 40, 200]) {
      const points = Array.from({ length }, (_, i) => ({
        timeMs: startMs + Math.floor(i ** 1.3) * 3_600_000,
        value: valueAt(i),
      }));
      const found = forecastCapacity(points, question);
      if (found === null) continue;
      for (const each of [found.fullAtMs, found.lowMs, found.highMs, found.within30Days]) expect(each).not.toBeNaN();
      expect(found.within30Days).toBeGreaterThanOrEqual(0);
      expect(found.within30Days).toBeLessThanOrEqual(1);
    }
  }
});

test('purges that came before come again, though to no calendar', () => {
  const purges = [9, 22, 40, 52];
  const saw = series((day) => 30 + 1.6 * day - 20 * purges.filter((each) => each <= day).length);
  const found = forecastCapacity(saw, question);
  expect(found?.jumps?.sizes.length).toBe(4);
  expect(found?.slopePerDay).toBeCloseTo(1.6, 1);
  expect(found?.fullAtMs).toBeNull();
});

test('what is cleaned up at a level never passes it', () => {
  let level = 50;
  const saw = series(() => {
    level += 0.15;
    if (level > 88) level = 62;
    return level;
  });
  expect(forecastCapacity(saw, question)?.within30Days).toBeLessThan(0.05);
});

test('imports that came all along come again, but a single one does not', () => {
  const imports = [6, 13, 24, 33, 46, 55];
  const risen = series((day) => 40 + 6 * imports.filter((each) => each <= day).length);
  const found = forecastCapacity(risen, question);
  expect(found?.jumps).toMatchObject({ isFall: false });
  expect(found?.fullAtMs).not.toBeNull();
  const single = series((day) => 40 + (day > 30 ? 40 : 0));
  expect(forecastCapacity(single, question)).toMatchObject({ jumps: null, fullAtMs: null });
});
