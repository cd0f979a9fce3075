import { useSyncExternalStore } from 'react';

/** One timer for all relative times of a page, so that a thousand rows cost one wake-up. */
const tickMs = 5000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function read(): number {
  // Without listeners nobody refreshes `now`; a first reader must not see an old one.
  if (timer === undefined) now = Date.now();
  return now;
}

/** The time now, in milliseconds since 1970, for what happens once (a request's period, a silence's end). */
export function nowMs(): number {
  return Date.now();
}

/** Milliseconds since 1970, renewed every five seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}
