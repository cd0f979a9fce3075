import { useSyncExternalStore } from 'react';
import type { LiveEvent } from '#contract/house.ts';
import { client } from './api.ts';
import { queryClient } from './query-client.ts';

/** Told with all events of a short moment at once, so that a burst costs one refresh. */
export type LiveListener = (events: readonly LiveEvent[]) => void;

/** Events are handed on together after this time: still "at once" for the eye. */
const gatherMs = 150;
/** The server says something every 20 s; longer silence means that the line is dead though nobody said so. */
const silenceMs = 45_000;
/** A cut this short (a restart, a sleeping laptop) is not worth a word. */
const patienceMs = 2500;
const longestPauseMs = 8000;

let lost = false;
const watchers = new Set<() => void>();

function setLost(value: boolean): void {
  if (lost === value) return;
  lost = value;
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** True while the live line is cut: what is on the screen may be old. */
export function useLineLost(): boolean {
  return useSyncExternalStore(subscribe, () => lost);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** One connection, until it breaks or falls silent. */
async function listenOnce(onEvent: (event: LiveEvent) => void, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const stop = (): void => ended.abort();
  signal.addEventListener('abort', stop);
  let alarm = setTimeout(stop, silenceMs);
  try {
    const events = await client.house.live({}, { signal: ended.signal });
    for await (const event of events) {
      clearTimeout(alarm);
      alarm = setTimeout(stop, silenceMs);
      onEvent(event);
    }
  } finally {
    clearTimeout(alarm);
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Keeps the live line open until the signal aborts. Whenever something may have been missed, all that is shown is fetched
 * again: after a cut, when the server itself did not hear for a while (`again`), and at first, since the page was fetched
 * before the line stood.
 */
export async function keepLiveLine(listener: LiveListener, signal: AbortSignal): Promise<void> {
  let gathered: LiveEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let mayMiss = true;
  let pauseMs = 500;
  const flush = (): void => {
    timer = undefined;
    const events = gathered;
    gathered = [];
    listener(events);
  };
  let worry: ReturnType<typeof setTimeout> | undefined;
  const heard = (event: LiveEvent): void => {
    clearTimeout(worry);
    worry = undefined;
    pauseMs = 500;
    setLost(false);
    const again = mayMiss || event.topic === 'again';
    // A module that keeps a heavy list up by itself hears that it may have missed something.
    if (again) void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.['keepsUp'] !== true });
    mayMiss = false;
    if (again) gathered.push({ topic: 'again', id: null, at: event.at });
    else if (event.topic === 'tick') return;
    if (event.topic !== 'tick' && event.topic !== 'again') gathered.push(event);
    timer ??= setTimeout(flush, gatherMs);
  };
  while (!signal.aborted) {
    try {
      // Each connection has to end before the next begins.
      await listenOnce(heard, signal);
    } catch {
      // A cut line is what this loop is for.
    }
    if (signal.aborted) break;
    mayMiss = true;
    worry ??= setTimeout(() => setLost(true), patienceMs);
    await pause(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
  clearTimeout(timer);
  clearTimeout(worry);
  setLost(false);
}
