import { usualSensitivity } from '../running/confirm.ts';
import type { StoredCheck } from '../watched-check.ts';

/** A plain check for tests, with the changes that a test is about. */
export function storedCheck(changes: Partial<StoredCheck> = {}): StoredCheck {
  const since = new Date('2026-11-22T12:00:00Z');
  return {
    id: 'check',
    number: 1,
    name: 'check',
    kind: 'tcp',
    target: { kind: 'host', id: 'host' },
    settings: { port: 80 },
    intervalMs: 60_000,
    paused: false,
    specialAllowed: false,
    specialAddress: null,
    secretAddress: null,
    importance: 'normal',
    state: 'up',
    since,
    failingSince: null,
    flapping: false,
    because: null,
    changedAt: since,
    rules: [],
    sensitivity: usualSensitivity,
    odd: null,
    ...changes,
  };
}
