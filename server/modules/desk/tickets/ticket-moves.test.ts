import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticketKind, ticketState, type TicketKind, type TicketState } from '#contract/desk.ts';
import { isOver, movesOf, stateAs } from './ticket-moves.ts';

const kinds = fc.constantFrom(...ticketKind.options);
const states = fc.constantFrom(...ticketState.options);

function reachable(kind: TicketKind, emergency: boolean): Set<TicketState> {
  const seen = new Set<TicketState>(['open']);
  for (const state of seen) for (const to of movesOf({ kind, state, emergency })) seen.add(to);
  return seen;
}

describe('the steps of a ticket', () => {
  it('never lead from a state to itself, nor twice to the same', () => {
    fc.assert(
      fc.property(kinds, states, fc.boolean(), (kind, state, emergency) => {
        const moves = movesOf({ kind, state, emergency });
        expect(moves).not.toContain(state);
        expect(new Set(moves).size).toBe(moves.length);
      }),
    );
  });

  it('lead from any walk to an end, whatever was done before', () => {
    fc.assert(
      fc.property(kinds, fc.boolean(), fc.array(fc.nat(20), { maxLength: 30 }), (kind, emergency, walk) => {
        let state: TicketState = 'open';
        for (const step of walk) {
          const moves = movesOf({ kind, state, emergency });
          state = moves[step % Math.max(1, moves.length)] ?? state;
        }
        const seen = new Set<TicketState>([state]);
        for (const one of seen) for (const to of movesOf({ kind, state: one, emergency })) seen.add(to);
        expect([...seen].some(isOver)).toBe(true);
      }),
    );
  });

  it('begin a change only when it was approved, or in an emergency; and end one only after a review', () => {
    expect(movesOf({ kind: 'change', state: 'open', emergency: false })).not.toContain('in_progress');
    expect(movesOf({ kind: 'change', state: 'open', emergency: true })).toContain('in_progress');
    for (const state of reachable('change', true))
      expect(movesOf({ kind: 'change', state, emergency: true }).includes('resolved')).toBe(state === 'review');
  });

  it('give each kind its own states', () => {
    expect([...reachable('incident', false)].toSorted()).toEqual([
      'cancelled',
      'in_progress',
      'open',
      'resolved',
      'solved',
      'waiting',
    ]);
    expect(reachable('problem', false)).toContain('known_error');
    expect(reachable('request', false)).not.toContain('known_error');
    expect(reachable('change', false)).toContain('approval');
  });

  it('are known in whatever kind a ticket becomes', () => {
    fc.assert(
      fc.property(kinds, states, (kind, state) => {
        const next = stateAs(kind, state);
        expect(isOver(next) || movesOf({ kind, state: next, emergency: false }).length > 0).toBe(true);
        expect(isOver(next)).toBe(isOver(state));
        expect(stateAs(kind, next)).toBe(next);
      }),
    );
  });
});
