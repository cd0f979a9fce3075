import { describe, expect, it } from 'vitest';
import { nextSteps } from './next-step.ts';

describe('the next steps of an incident', () => {
  it('are to take it and to propose a runbook while it is open', () => {
    expect(nextSteps({ state: 'open', runs: [], isWatched: true }).slice(0, 2)).toEqual(['acknowledge', 'propose']);
  });
  it('lead to the run that waits for a decision', () => {
    expect(nextSteps({ state: 'in_progress', runs: ['failed', 'waiting_approval'], isWatched: true })[0]).toBe('look');
    expect(nextSteps({ state: 'open', runs: ['waiting_approval'], isWatched: true }).slice(0, 2)).toEqual([
      'acknowledge',
      'look',
    ]);
  });
  it('follow a run that is going', () => {
    expect(nextSteps({ state: 'in_progress', runs: ['running'], isWatched: true })[0]).toBe('follow');
  });
  it('ask for proof first after a run that went well', () => {
    expect(nextSteps({ state: 'in_progress', runs: ['succeeded', 'failed'], isWatched: true })[0]).toBe('prove');
  });
  it('ask for agreement once everything is up again', () => {
    expect(nextSteps({ state: 'solved', runs: ['succeeded'], isWatched: true }).slice(0, 2)).toEqual([
      'agree',
      'prove',
    ]);
  });
  it('ask no check about what only people saw', () => {
    expect(nextSteps({ state: 'open', runs: [], isWatched: false })).toEqual(['acknowledge', 'resolve', 'propose']);
    expect(nextSteps({ state: 'in_progress', runs: [], isWatched: false })).toEqual(['resolve', 'propose']);
    expect(nextSteps({ state: 'solved', runs: [], isWatched: false })).not.toContain('prove');
  });
  it('leave only the report when it is resolved', () => {
    expect(nextSteps({ state: 'resolved', runs: ['succeeded'], isWatched: true })).toEqual(['report']);
  });
});
