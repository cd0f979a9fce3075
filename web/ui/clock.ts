import { useSyncExternalStore } from 'react';

/** One timer for all times of a page, so that a hundred rows cost one wake-up; a hidden page is not woken at all. */
const tickMs = 1000;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** The time now, in milliseconds since 1970, for what happens once (a request's period, a silence's end). */
export function nowMs(): number {
  return Date.now();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    if (document.hidden) return;
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Whole seconds: what is read twice while one screen is drawn has to be the same. */
function readSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}

/** Milliseconds since 1970, in whole seconds, renewed every second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, readSecond);
}
