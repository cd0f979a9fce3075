import { describe, expect, it } from 'vitest';
import type { Solution } from '#contract/logbook.ts';
import type { Run } from '#contract/upkeep.ts';
import { prefillResolution } from './resolution.ts';

const person = { kind: 'person', id: 'p', name: 'Bob' } as const;

function solution(id: string, runbookId: string | null): Solution {
  return {
    id,
    title: id,
    symptom: '',
    cause: `cause of ${id}`,
    remedy: `remedy of ${id}`,
    language: 'en',
    runbookId,
    thing: null,
    state: 'kept',
    worked: 1,
    failed: 0,
    lastWorkedAt: null,
    createdAt: '2026-01-01T00:00:00Z',
    createdBy: person,
    fromTicketId: null,
  };
}

function run(state: Run['state'], runbookId: string): Run {
  return {
    id: 'r',
    runbook: { id: runbookId, name: 'Restart', version: 1 },
    host: { kind: 'host', id: 'h', name: 'web-1' },
    incidentId: null,
    inputs: {},
    state,
    note: '',
    proposedBy: person,
    proposedAt: '2026-01-01T00:00:00Z',
    approvedBy: null,
    approvedAt: null,
    refusedBy: null,
    refusedReason: null,
    emergency: null,
    startedAt: null,
    endedAt: null,
    steps: [],
    planHash: '',
  };
}

const blank = { causeText: '', remedyText: '' };
const byRun = (runbook: string, host: string): string => `${runbook} on ${host}`;
const suggested = [solution('a', 'book-a'), solution('b', null)];

describe('what the resolution form starts with', () => {
  it('takes the solution whose runbook went well', () => {
    expect(
      prefillResolution({
        ticket: blank,
        runs: [run('failed', 'x'), run('succeeded', 'book-a')],
        suggested,
        chosenId: undefined,
        byRun,
      }),
    ).toEqual({ causeText: 'cause of a', remedyText: 'remedy of a', solutionId: 'a' });
  });
  it('prefers the solution that somebody chose', () => {
    expect(
      prefillResolution({ ticket: blank, runs: [run('succeeded', 'book-a')], suggested, chosenId: 'b', byRun })
        .solutionId,
    ).toBe('b');
  });
  it('never overwrites what people wrote', () => {
    const ticket = { causeText: 'a cable', remedyText: '' };
    expect(prefillResolution({ ticket, runs: [], suggested, chosenId: 'a', byRun })).toEqual({
      causeText: 'a cable',
      remedyText: 'remedy of a',
      solutionId: 'a',
    });
  });
  it('names the run when no solution is known', () => {
    expect(
      prefillResolution({ ticket: blank, runs: [run('succeeded', 'x')], suggested, chosenId: undefined, byRun }),
    ).toEqual({ causeText: '', remedyText: 'Restart on web-1', solutionId: null });
  });
  it('leaves all empty when nothing is known, and a failed run is no remedy', () => {
    expect(
      prefillResolution({ ticket: blank, runs: [run('failed', 'book-a')], suggested, chosenId: undefined, byRun }),
    ).toEqual({ causeText: '', remedyText: '', solutionId: null });
  });
});
