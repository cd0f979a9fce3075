import { expect, it, vi } from 'vitest';
import { paced } from './paced.ts';

it('acts at once, and once more after the pause however often it was asked meanwhile', () => {
  vi.useFakeTimers();
  const act = vi.fn<() => void>();
  const call = paced(act, 1000);
  call();
  expect(act).toHaveBeenCalledTimes(1);
  call();
  call();
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(act).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
