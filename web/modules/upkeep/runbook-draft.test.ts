import { describe, expect, it } from 'vitest';
import { draftProblems } from './draft-problems.ts';
import {
  draftOf,
  emptyParameter,
  emptyRunbook,
  emptyStep,
  moved,
  requestOf,
  type RunbookDraft,
} from './runbook-draft.ts';

const runbook = {
  name: 'Restart nginx',
  summary: 'When it hangs.',
  safe: false,
  symptoms: ['nginx', 'http'],
  parameters: [
    { name: 'limit', label: 'At most', kind: 'number' as const, choices: [], required: true, default: 500 },
    { name: 'queue', label: 'Queue', kind: 'choice' as const, choices: ['a', 'b'], required: false, default: 'a' },
  ],
  steps: [
    {
      kind: 'command' as const,
      title: 'Test',
      onFailure: 'stop' as const,
      command: 'nginx -t',
      timeoutSeconds: 30,
      sudo: true,
    },
    { kind: 'wait' as const, title: 'Wait', onFailure: 'stop' as const, seconds: 5 },
    { kind: 'check' as const, title: 'Check', onFailure: 'continue' as const, timeoutSeconds: 60 },
    { kind: 'manual' as const, title: 'Call', onFailure: 'stop' as const, instruction: 'Call 4120' },
  ],
};

const keys = (steps: readonly { key: string }[]): string => steps.map((step) => step.key).join('');

describe('the runbook editor’s form', () => {
  it('says the same as the runbook it was filled from', () => {
    expect(requestOf(draftOf(runbook))).toEqual(runbook);
    expect([...draftProblems(draftOf(runbook))]).toEqual([]);
  });

  it('names each field that is wrong, in the order of the page', () => {
    const draft: RunbookDraft = {
      ...emptyRunbook,
      symptoms: 'a\na',
      steps: [
        { ...emptyStep('command', []), timeout: '1,5' },
        { ...emptyStep('wait', []), key: '2', seconds: '0' },
      ],
      parameters: [{ ...emptyParameter([]), name: 'Queue' }],
    };
    expect([...draftProblems(draft).keys()]).toEqual([
      'name',
      'symptoms',
      'steps.1.title',
      'steps.1.command',
      'steps.1.timeout',
      'steps.2.title',
      'steps.2.seconds',
      'parameters.1.name',
      'parameters.1.label',
    ]);
    expect(draftProblems(draft).get('steps.1.timeout')).toBe('notInteger');
    expect(draftProblems(draft).get('parameters.1.name')).toBe('badName');
  });

  it('refuses a usual value that is not among the choices, and two parameters of one name', () => {
    const one = { ...emptyParameter([]), name: 'q', label: 'Q', kind: 'choice' as const, choices: 'a\nb', usual: 'c' };
    const problems = draftProblems({ ...draftOf(runbook), parameters: [one, { ...one, key: '2', usual: '' }] });
    expect(problems.get('parameters.1.usual')).toBe('notAChoice');
    expect(problems.get('parameters.2.name')).toBe('sameName');
  });

  it('moves a step up and down, and not beyond the ends', () => {
    const { steps } = draftOf(runbook);
    expect(keys(moved(steps, '3', -1))).toBe('1324');
    expect(keys(moved(steps, '3', 1))).toBe('1243');
    expect(keys(moved(steps, '1', -1))).toBe('1234');
  });

  it('gives a new step a key that none has, whatever was removed', () => {
    const { steps } = draftOf(runbook);
    expect(emptyStep('wait', steps.toSpliced(1, 1)).key).toBe('5');
  });
});
