import { describe, expect, it } from 'vitest';
import { lessonOf, type Ending } from './lesson.ts';

const ending = (over: Partial<Ending>): Ending => ({ causeId: 'web', solutionId: null, runs: [], ...over });
const restart = { id: 'restart on web', runbookId: 'restart', thingId: 'web' };
const reboot = { id: 'reboot anything', runbookId: 'reboot', thingId: null };
const elsewhere = { id: 'restart on mail', runbookId: 'restart', thingId: 'mail' };
const byHand = { id: 'by hand', runbookId: null, thingId: 'web' };
const known = [restart, reboot, elsewhere, byHand];

describe('what a resolved incident teaches', () => {
  it('drafts a solution when none was used', () => {
    expect(lessonOf(ending({}), known)).toEqual({ worked: [], failed: [], draft: true, runbookId: null });
  });

  it('counts the solution of the runbook that succeeded on the same thing', () => {
    const lesson = lessonOf(ending({ runs: [{ runbookId: 'restart', state: 'succeeded' }] }), known);
    expect(lesson).toMatchObject({ worked: [restart.id], failed: [], draft: false });
  });

  it('counts what ran in vain as failed, and the last success as the remedy', () => {
    const runs = [
      { runbookId: 'restart', state: 'succeeded' },
      { runbookId: 'reboot', state: 'succeeded' },
    ];
    expect(lessonOf(ending({ runs }), known)).toMatchObject({ worked: [reboot.id], failed: [restart.id] });
  });

  it('believes the person who names the solution', () => {
    const lesson = lessonOf(
      ending({ solutionId: byHand.id, runs: [{ runbookId: 'restart', state: 'failed' }] }),
      known,
    );
    expect(lesson).toMatchObject({ worked: [byHand.id], failed: [restart.id], draft: false });
  });

  it('drafts anew, with the runbook, when it succeeded where no solution knows it', () => {
    const lesson = lessonOf(ending({ causeId: 'db', runs: [{ runbookId: 'restart', state: 'succeeded' }] }), known);
    expect(lesson).toEqual({ worked: [], failed: [], draft: true, runbookId: 'restart' });
  });
});
