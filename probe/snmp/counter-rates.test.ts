import { describe, expect, test } from 'vitest';
import { RunMemory } from '../run-memory.ts';
import { probeContext } from '../testing/probe-context.ts';
import { counterRates, growth, wasRestarted } from './counter-rates.ts';
import { snmpTypes } from './snmp-value.ts';

const minuteMs = 60_000;

/** Reads one counter at several moments; what the rates were. */
function ratesOf(readings: readonly { ms: number; ticks: number; counter: number | Buffer; wide?: boolean }[]) {
  const context = probeContext({ memory: new RunMemory() });
  return readings.map(({ ms, ticks, counter, wide }) => {
    using rates = counterRates({ ...context, clock: { nowMs: () => ms } }, { type: snmpTypes.ticks, value: ticks });
    return rates.rate(
      'in',
      { type: wide === true ? snmpTypes.counter64 : snmpTypes.counter32, value: counter },
      1_000_000,
    );
  });
}

const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(16, '0'), 'hex');

describe('a counter', () => {
  test('grows by what it grew', () => {
    expect(
      ratesOf([
        { ms: 0, ticks: 0, counter: 100 },
        { ms: minuteMs, ticks: 6_000, counter: 700 },
      ]),
    ).toEqual([undefined, 10]);
  });

  test('of 32 bits may wrap', () => {
    const wrapped = ratesOf([
      { ms: 0, ticks: 0, counter: 4_294_967_290 },
      { ms: minuteMs, ticks: 6_000, counter: 594 },
    ]);
    expect(wrapped[1]).toBe(10);
    expect(growth(10n, 4n, true)).toBe(4_294_967_290n);
    expect(growth(10n, 4n, false)).toBeUndefined();
  });

  test('of 64 bits keeps every digit', () => {
    const near = 2n ** 63n;
    const rates = ratesOf([
      { ms: 0, ticks: 0, counter: bytes(near), wide: true },
      { ms: minuteMs, ticks: 6_000, counter: bytes(near + 60n), wide: true },
    ]);
    expect(rates[1]).toBe(1);
  });

  test('has no rate after a restart, and none faster than its line', () => {
    const readings = [
      { ms: 0, ticks: 900_000, counter: 5_000 },
      { ms: minuteMs, ticks: 3_000, counter: 9_000 },
      { ms: 2 * minuteMs, ticks: 9_000, counter: 4_000_000_000 },
      { ms: 3 * minuteMs, ticks: 15_000, counter: 4_000_000_060 },
    ];
    expect(ratesOf(readings)).toEqual([undefined, undefined, undefined, 1]);
  });
});

test('an uptime that wraps after 497 days is no restart', () => {
  const wrap = 2 ** 32;
  expect(wasRestarted(wrap - 3_000, 3_000, minuteMs)).toBe(false);
  expect(wasRestarted(wrap - 3_000, 500_000, minuteMs)).toBe(true);
  expect(wasRestarted(1_000_000, 100, minuteMs)).toBe(true);
});
