import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticketState } from '#contract/desk.ts';
import { outageSeconds, settle, workingState } from './incident.ts';

describe('an incident', () => {
  it('is solved once its last alert is cleared', () => {
    expect(settle('open', { all: 2, open: 1 })).toBe('stay');
    expect(settle('in_progress', { all: 2, open: 0 })).toBe('solve');
  });

  it('is reopened when something fails again before a person agreed', () => {
    expect(settle('solved', { all: 3, open: 1 })).toBe('reopen');
  });

  it('stays resolved, and one without alerts waits for a person', () => {
    expect(settle('resolved', { all: 3, open: 1 })).toBe('stay');
    expect(settle('open', { all: 0, open: 0 })).toBe('stay');
  });

  it('comes to rest after one step, so that hearing the same again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ticketState.options),
        fc.boolean(),
        fc.nat(9).chain((all) => fc.record({ all: fc.constant(all), open: fc.nat(all) })),
        (state, taken, alerts) => {
          const step = settle(state, alerts);
          const next = step === 'stay' ? state : step === 'solve' ? 'solved' : workingState(taken);
          expect(settle(next, alerts)).toBe('stay');
        },
      ),
    );
  });

  it('lasted from the first failing to the first good result, and never less than nothing', () => {
    const since = new Date('2026-03-29T00:59:00Z');
    expect(outageSeconds(since, new Date('2026-03-29T01:03:12.5Z'))).toBe(252.5);
    expect(outageSeconds(since, new Date('2026-03-29T00:58:00Z'))).toBe(0);
    expect(outageSeconds(since, null)).toBeNull();
  });
});
