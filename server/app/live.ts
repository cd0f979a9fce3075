import { on } from 'node:events';
import { EventEmitter } from 'node:events';
import type { LiveEvent } from '#contract/house.ts';
import type { Clock } from '#platform/clock.ts';
import type { LiveLine } from '#platform/live-line.ts';

const tickMs = 20_000;
/** A screen that does not read is let go rather than remembered without bound. */
const mostWaiting = 2_000;

/** One screen's stream of live events: all that the line hears, and a tick so that a cut line is noticed. */
export async function* liveStream(line: LiveLine, clock: Clock, signal: AbortSignal): AsyncGenerator<LiveEvent> {
  const heard = new EventEmitter();
  let waiting = 0;
  const ending = new AbortController();
  const end = AbortSignal.any([signal, ending.signal]);
  const push = (event: LiveEvent): void => {
    waiting += 1;
    if (waiting > mostWaiting) ending.abort();
    else heard.emit('event', event);
  };
  line.hear(push, end);
  const tick = setInterval(() => push({ topic: 'tick', id: null, at: clock.now().toISOString() }), tickMs);
  try {
    yield { topic: 'tick', id: null, at: clock.now().toISOString() };
    for await (const [event] of on(heard, 'event', { signal: end })) {
      waiting -= 1;
      yield event as LiveEvent;
    }
  } catch (error) {
    if (!end.aborted) throw error;
  } finally {
    clearInterval(tick);
    ending.abort();
  }
}
