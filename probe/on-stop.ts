import type { CheckContext } from './check-kind.ts';

/**
 * Has `stop` called once when a run is to end at once; gives how to undo that. Listening to the signal does the same, but
 * to make one costs as much as the rest of a short run: where the context offers a cheaper way it is taken.
 */
export function onStop(context: CheckContext, stop: () => void): () => void {
  if (context.stopWith !== undefined) {
    context.stopWith(stop);
    return () => context.stopWith?.(null);
  }
  const { signal } = context;
  if (signal.aborted) queueMicrotask(stop);
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}
