import type { LiveEvent } from '#contract/house.ts';
import type { Clock } from '#platform/clock.ts';
import type { LiveLine } from '#platform/live-line.ts';

const tickMs = 20_000;
/** A screen that does not read is let go rather than remembered without bound. */
const mostWaiting = 2_000;

/** One screen's stream of live events: all that the line hears, and a tick so that a cut line is noticed. */
export async function* liveStream(line: LiveLine, clock: Clock, signal: AbortSignal): AsyncGenerator<LiveEvent> {
  const waiting: LiveEvent[] = [];
  const ending = new AbortController();
  const end = AbortSignal.any([signal, ending.signal]);
  let awake = Promise.withResolvers<void>();
  const push = (event: LiveEvent): void => {
    if (waiting.length >= mostWaiting) ending.abort();
    else waiting.push(event);
    awake.resolve();
  };
  const tick = (): void => push({ topic: 'tick', id: null, at: clock.now().toISOString() });
  end.addEventListener('abort', () => awake.resolve(), { once: true });
  line.hear(push, end);
  const ticking = setInterval(tick, tickMs);
  tick();
  try {
    while (!end.aborted) {
      await awake.promise;
      awake = Promise.withResolvers();
      yield* waiting.splice(0);
    }
  } finally {
    clearInterval(ticking);
    ending.abort();
  }
}
