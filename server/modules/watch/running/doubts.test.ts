import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Doubts } from './doubts.ts';

/** Runs that never end by themselves, and how often they were looked at again. */
function watched({ behind = false, aheadMs = 0 } = {}) {
  let again = 0;
  const endings: (() => void)[] = [];
  // A clock that goes ahead of the timers is a process whose loop comes around late.
  let extraMs = 0;
  const nowMs = (): number => Date.now() + (extraMs += aheadMs);
  const doubts = new Doubts({ nowMs, isBehind: () => behind });
  const begin = (): void => {
    const { promise, resolve } = Promise.withResolvers<void>();
    endings.push(resolve);
    void doubts.during(promise, 10, () => {
      again += 1;
      return new Promise(() => undefined);
    });
  };
  return { begin, end: () => endings.forEach((end) => end()), made: () => again };
}

describe('a run that takes long', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is looked at again beside it, twice at most', async () => {
    const { begin, made } = watched();
    begin();
    await vi.advanceTimersByTimeAsync(300);
    expect(made()).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(made()).toBe(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(made()).toBe(2);
  });

  test('is not looked at again once it has ended', async () => {
    const { begin, end, made } = watched();
    begin();
    end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(made()).toBe(0);
  });

  test('is not looked at again while the watch itself is behind', async () => {
    const { begin, made } = watched({ behind: true });
    begin();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(made()).toBe(0);
  });

  test('is not looked at again when it is this process that was late', async () => {
    const { begin, made } = watched({ aheadMs: 200 });
    begin();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(made()).toBe(0);
  });

  test('shares a bound with all others', async () => {
    const { begin, made } = watched();
    for (let count = 0; count < 2_000; count += 1) begin();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(made()).toBe(500);
  });
});
