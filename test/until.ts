import { setTimeout as wait } from 'node:timers/promises';

/** Waits until something is true, looking often; fails when it is not true in time. */
export async function until(isTrue: () => Promise<boolean>, withinMs = 45_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`still not so after ${withinMs} ms`);
    await wait(100);
  }
}
