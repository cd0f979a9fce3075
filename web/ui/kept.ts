import { useCallback, useSyncExternalStore } from 'react';

/**
 * Small choices of this browser (columns, rail, theme), kept in local storage under `vigie.<name>`.
 * A browser that refuses storage still works: the choice lasts as long as the page.
 */
const fallback = new Map<string, string>();
const listeners = new Set<() => void>();

export function readKept(name: string): string | undefined {
  try {
    return localStorage.getItem(`vigie.${name}`) ?? fallback.get(name);
  } catch {
    return fallback.get(name);
  }
}

export function writeKept(name: string, value: string): void {
  fallback.set(name, value);
  try {
    localStorage.setItem(`vigie.${name}`, value);
  } catch {
    // Storage may be full or forbidden; the map above already holds the choice.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** A kept choice as state; other tabs follow. */
export function useKept(name: string, usual: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => readKept(name) ?? usual);
  const set = useCallback((next: string) => writeKept(name, next), [name]);
  return [value, set];
}
