import { describe, expect, it } from 'vitest';
import { owedBy, usualStep } from './step.ts';

describe('a step to another state', () => {
  it('owes what the server asks for', () => {
    expect(owedBy('request', 'open', 'in_progress')).toBe('nothing');
    expect(owedBy('request', 'open', 'waiting')).toBe('waiting');
    expect(owedBy('request', 'open', 'cancelled')).toBe('reason');
    expect(owedBy('request', 'in_progress', 'resolved')).toBe('nothing');
    expect(owedBy('problem', 'known_error', 'resolved')).toBe('resolution');
    expect(owedBy('change', 'review', 'resolved')).toBe('reason');
    expect(owedBy('change', 'approval', 'open')).toBe('reason');
  });
  it('is offered in the order of the trade', () => {
    expect(usualStep(['approval', 'cancelled'], 'open')).toBe('approval');
    expect(usualStep(['in_progress', 'waiting', 'resolved', 'cancelled'], 'open')).toBe('in_progress');
    expect(usualStep(['approved', 'open', 'cancelled'], 'approval')).toBe('approved');
    expect(usualStep(['open', 'waiting', 'solved', 'resolved', 'cancelled'], 'in_progress')).toBe('resolved');
    expect(usualStep(['review', 'waiting', 'open'], 'in_progress')).toBe('review');
    expect(usualStep([], 'resolved')).toBeUndefined();
  });
});
