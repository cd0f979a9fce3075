import { useEffect, useState, useSyncExternalStore } from 'react';

/** One thing a key does on the screen at hand. Keys are `j`, `Enter`, `mod+k` or a sequence such as `g w`. */
export interface KeyBinding {
  keys: string;
  /** What it does, as the help shows it. */
  label: string;
  run: () => void;
  /** Also while typing in a field; only sensible with `mod` or `Escape`. */
  inFields?: boolean;
}

interface Layer {
  title: string;
  bindings: readonly KeyBinding[];
  level: 'frame' | 'page';
}

/** Two keys belong together when the second follows within this time. */
const sequenceMs = 1200;

const layers = new Map<symbol, Layer>();
let published: readonly Layer[] = [];
const listeners = new Set<() => void>();
let pending: { key: string; at: number } | undefined;

function publish(): void {
  const all = [...layers.values()];
  published = [...all.filter((layer) => layer.level === 'frame'), ...all.filter((layer) => layer.level === 'page')];
  for (const listener of listeners) listener();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Buttons and links answer Enter and the space bar by themselves. */
function answersItself(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  return event.target instanceof HTMLElement && event.target.closest('a, button, [role="menuitem"], summary') !== null;
}

function nameOf(event: KeyboardEvent): string {
  const modifier = event.ctrlKey || event.metaKey ? 'mod+' : '';
  return modifier + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** The page's keys win over the frame's, and what was shown last over what was shown before. */
function find(name: string): KeyBinding | undefined {
  for (const layer of published.toReversed()) {
    const found = layer.bindings.find((binding) => binding.keys === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const name = nameOf(event);
  const follows = pending !== undefined && event.timeStamp - pending.at < sequenceMs;
  const sequence = follows && pending !== undefined ? find(`${pending.key} ${name}`) : undefined;
  pending = undefined;
  const binding = sequence ?? find(name);
  const inDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
  if (binding === undefined) {
    if (!isTyping(event.target) && !inDialog) pending = { key: name, at: event.timeStamp };
    return;
  }
  if (binding.inFields !== true && (isTyping(event.target) || inDialog || answersItself(event))) return;
  event.preventDefault();
  binding.run();
}

if (typeof document !== 'undefined') document.addEventListener('keydown', onKeyDown);

/**
 * Gives keys to the component for as long as it is shown.
 * @param title heading of the group in the help
 */
export function useKeys(title: string, bindings: readonly KeyBinding[], level: Layer['level'] = 'page'): void {
  const [id] = useState(() => Symbol(title));
  useEffect(() => {
    layers.set(id, { title, bindings, level });
    publish();
  });
  useEffect(
    () => () => {
      layers.delete(id);
      publish();
    },
    [id],
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readPublished(): readonly Layer[] {
  return published;
}

/** All keys in force, for the help. */
export function useAllKeys(): readonly Layer[] {
  return useSyncExternalStore(subscribe, readPublished);
}
