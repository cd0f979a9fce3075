import { describe, expect, it } from 'vitest';
import { clocksOf, type Past, type Stretch, type Terms } from './clocks.ts';

const hourMs = 3_600_000;
const zero = Date.parse('2026-06-01T08:00:00Z');
const h = (hours: number): number => zero + hours * hourMs;

const terms: Terms = {
  time: { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [[0, 1_440]] as const), closed: new Set() },
  targets: { first: 2 * hourMs, next: 3 * hourMs, resolution: 10 * hourMs },
  pausesFor: ['requester', 'supplier'],
};
const stretch = (hours: number, state: Stretch['state'], waitingFor: string | null = null): Stretch => ({
  atMs: h(hours),
  state,
  waitingFor,
});
const past = (
  stretches: readonly Stretch[],
  words: readonly (readonly [number, 'requester' | 'operator'])[] = [],
): Past => ({
  openedMs: zero,
  hasRequester: true,
  stretches: [stretch(0, 'open'), ...stretches],
  words: words.map(([hours, by]) => ({ atMs: h(hours), by })),
});
const told = (one: Past, now: number) =>
  clocksOf(one, terms, h(now)).map(({ goal, state, dueMs, countedMs }) => ({
    goal,
    state,
    due: dueMs === null ? null : (dueMs - zero) / hourMs,
    counted: countedMs / hourMs,
  }));

describe('the clocks of a ticket', () => {
  it('run from its opening', () => {
    expect(told(past([], [[0, 'requester']]), 1)).toEqual([
      { goal: 'first', state: 'running', due: 2, counted: 1 },
      { goal: 'resolution', state: 'running', due: 10, counted: 1 },
    ]);
  });

  it('keep the first answer by a public word of an operator, and run anew for each further word of the requester', () => {
    const one = past(
      [],
      [
        [0, 'requester'],
        [1, 'operator'],
        [4, 'requester'],
        [5, 'requester'],
        [8, 'operator'],
        [9, 'requester'],
      ],
    );
    expect(told(one, 9.5).filter(({ goal }) => goal !== 'resolution')).toEqual([
      { goal: 'first', state: 'met', due: 2, counted: 1 },
      { goal: 'next', state: 'missed', due: 7, counted: 4 },
      { goal: 'next', state: 'running', due: 12, counted: 0.5 },
    ]);
  });

  it('stand still while somebody else is waited for, and only for whom the terms name', () => {
    const waiting = past([stretch(2, 'waiting', 'requester')]);
    expect(told(waiting, 50).at(-1)).toEqual({ goal: 'resolution', state: 'paused', due: null, counted: 2 });
    const over = past([stretch(2, 'waiting', 'requester'), stretch(20, 'in_progress')]);
    expect(told(over, 21).at(-1)).toEqual({ goal: 'resolution', state: 'running', due: 28, counted: 3 });
    const delivery = past([stretch(2, 'waiting', 'delivery')]);
    expect(told(delivery, 5).at(-1)).toEqual({ goal: 'resolution', state: 'running', due: 10, counted: 5 });
  });

  it('stay broken when the pause came too late', () => {
    expect(told(past([stretch(12, 'waiting', 'supplier')]), 13).at(-1)).toEqual({
      goal: 'resolution',
      state: 'paused',
      due: 10,
      counted: 12,
    });
  });

  it('go on where they were when a ticket is opened again', () => {
    const back = past([stretch(4, 'solved'), stretch(5, 'resolved'), stretch(100, 'in_progress')]);
    expect(told(back, 101).at(-1)).toEqual({ goal: 'resolution', state: 'running', due: 106, counted: 5 });
  });

  it('end with what was proposed as resolved, even when agreeing took longer', () => {
    expect(told(past([stretch(9, 'solved'), stretch(90, 'resolved')]), 100).at(-1)).toEqual({
      goal: 'resolution',
      state: 'met',
      due: 10,
      counted: 9,
    });
    expect(told(past([stretch(11, 'resolved')]), 100).at(-1)).toEqual({
      goal: 'resolution',
      state: 'missed',
      due: 10,
      counted: 11,
    });
  });

  it('say nothing of what was withdrawn', () => {
    expect(told(past([stretch(20, 'cancelled')]), 30).map(({ state }) => state)).toEqual(['dropped', 'dropped']);
  });

  it('want no answer to thanks after the end', () => {
    const thanks = past(
      [stretch(3, 'resolved')],
      [
        [0, 'requester'],
        [1, 'operator'],
        [4, 'requester'],
      ],
    );
    expect(told(thanks, 5).map(({ goal }) => goal)).toEqual(['first', 'resolution']);
  });

  it('take having it in hand for the first answer where nobody asked', () => {
    const alert = { ...past([stretch(1, 'in_progress')]), hasRequester: false };
    expect(told(alert, 5)[0]).toEqual({ goal: 'first', state: 'met', due: 2, counted: 1 });
  });
});
