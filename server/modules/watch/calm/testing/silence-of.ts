import type { Silence } from '../silence.ts';

/** A silence of nothing at all until a second after 1970, and what a test wants of it. */
export function silenceOf(given: Partial<Silence> = {}): Silence {
  return {
    id: 's',
    target: null,
    checkId: null,
    checkKind: null,
    pattern: null,
    tag: null,
    below: true,
    belowIds: new Set(),
    reason: '',
    ends: 'moment',
    until: new Date(1_000),
    ticket: null,
    unlessWorse: false,
    by: { kind: 'person', id: null, name: 'Bob' },
    createdAt: new Date(0),
    changedBy: null,
    changedAt: null,
    endedAt: null,
    endedWhy: null,
    endedBy: null,
    ...given,
  };
}
