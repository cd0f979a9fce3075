import { describe, expect, it } from 'vitest';
import { StepFailure, type StepReport } from '#ssh/step-report.ts';
import { outcomeOf, refusedOutcome } from './step-outcome.ts';

const facts = { outputBytes: 0, outputCut: 'no', startedAtEpochS: 1, stopRequested: false } as const;
const ended = (exitCode: number, stopRequested = false): StepReport => ({
  ...facts,
  state: 'ended',
  exitCode,
  endedAtEpochS: 2,
  stopRequested,
});
const lost = (more: object = {}): StepReport => ({ ...facts, state: 'lost', rebooted: false, begun: true, ...more });

describe('what a report means for a step', () => {
  it.each([
    ['it ended well', ended(0), null, { state: 'succeeded', note: null }],
    ['it failed', ended(7), null, { state: 'failed', exitCode: 7, note: { code: 'exit' } }],
    ['we stopped it', ended(143, true), { why: 'stop' }, { state: 'stopped', note: { code: 'stopped' } }],
    [
      'it took too long',
      ended(143, true),
      { why: 'timeout', seconds: 5 },
      { state: 'failed', note: { code: 'timeout' } },
    ],
    ['it ended by itself just before', ended(0), { why: 'stop' }, { state: 'succeeded' }],
    ['the host restarted', lost({ rebooted: true }), null, { state: 'lost', note: { code: 'lost_rebooted' } }],
    ['something killed it', lost(), null, { state: 'lost', note: { code: 'lost_killed' } }],
    ['it never began', lost({ begun: false }), null, { state: 'lost', note: { code: 'lost_unbegun' } }],
    ['its files are gone', { state: 'absent' } as const, null, { state: 'lost', note: { code: 'lost_removed' } }],
    ['it was to be stopped and never ran', { state: 'absent' } as const, { why: 'stop' }, { state: 'stopped' }],
  ] as const)('when %s', (_, report, by, expected) => {
    expect(outcomeOf(report, by)).toMatchObject(expected);
  });

  it('is nothing yet while it runs', () => {
    expect(outcomeOf({ ...facts, state: 'running' }, null)).toBeNull();
  });

  it('says how many processes survived a stop', () => {
    expect(outcomeOf(ended(137, true), { why: 'stop' }, 2)?.note).toEqual({ code: 'survivors', detail: { count: 2 } });
  });

  it('is a failure without a run when the host could not take it', () => {
    expect(refusedOutcome(new StepFailure('nowhere-to-write'))).toMatchObject({ note: { code: 'nowhere_to_write' } });
  });
});
