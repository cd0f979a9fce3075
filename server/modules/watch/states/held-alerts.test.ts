import { describe, expect, it } from 'vitest';
import { fateOf, type GuardSpan } from './held-alerts.ts';

const thing = { kind: 'host', id: 'switch', name: 'switch' } as const;
const span = (fromMs: number, untilMs: number | null): GuardSpan => ({ thing, fromMs, untilMs });
const alert = (failingSinceMs: number, goodSinceMs: number | null) => ({
  failingSinceMs,
  raisedMs: failingSinceMs + 3_000,
  goodSinceMs,
});
const hour = 3_600_000;
const past = { guardsSinceMs: 0, nowMs: 9 * hour };

describe('an alert of the past, with a dependency that was not there', () => {
  it('is held when what it depends on failed at the same time and recovered no sooner', () => {
    expect(fateOf(alert(hour, 2 * hour), [span(hour - 5_000, 2 * hour)], past)).toEqual({
      fate: 'held',
      because: thing,
    });
    expect(fateOf(alert(hour, null), [span(hour, null)], past)).toMatchObject({ fate: 'held' });
  });

  it('is held too when its guard was found down within the minute that follows', () => {
    expect(fateOf(alert(hour, 2 * hour), [span(hour + 40_000, 2 * hour)], past).fate).toBe('held');
    expect(fateOf(alert(hour, 2 * hour), [span(hour + 70_000, 2 * hour)], past).fate).toBe('told');
  });

  it('is told later when it goes on failing after what it depends on is well', () => {
    expect(fateOf(alert(hour, 3 * hour), [span(hour, 2 * hour)], past)).toEqual({
      fate: 'later',
      because: thing,
      laterMs: hour - 3_000,
    });
  });

  it('is told when nothing above it failed, or long before', () => {
    expect(fateOf(alert(hour, 2 * hour), [], past).fate).toBe('told');
    expect(fateOf(alert(hour, 2 * hour), [span(0, hour - 1)], past).fate).toBe('told');
    expect(fateOf(alert(hour, hour + 10_000), [span(hour + 20_000, 2 * hour)], past).fate).toBe('told');
  });

  it('is not judged when nothing above it was watched yet', () => {
    expect(fateOf(alert(hour, 2 * hour), [], { ...past, guardsSinceMs: null }).fate).toBe('unknown');
    expect(fateOf(alert(hour, 2 * hour), [], { ...past, guardsSinceMs: 2 * hour }).fate).toBe('unknown');
  });
});
