import type { CheckContext } from './check-kind.ts';
import { ConnectionFailure } from './open-connection.ts';

/** Thrown when the time of a run is over before the work is done. */
export class DeadlinePassed extends Error {}

/**
 * Waits for work until a moment of the context's clock. Throws {@link DeadlinePassed}, or a ConnectionFailure `stopped`
 * when the run is called off. The work is not ended by this: the caller destroys what it works with, and what it still
 * says afterwards is heard by nobody.
 */
export function withinDeadline<T>(work: Promise<T>, deadlineMs: number, context: CheckContext): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(new DeadlinePassed()), Math.max(0, deadlineMs - context.clock.nowMs()));
    const onAbort = (): void => fail(new ConnectionFailure({ code: 'stopped', data: {} }));
    const settle = (): void => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    context.signal.addEventListener('abort', onAbort);
    if (context.signal.aborted) onAbort();
    work.then(
      (value) => {
        settle();
        resolve(value);
      },
      (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
    );
  });
}
