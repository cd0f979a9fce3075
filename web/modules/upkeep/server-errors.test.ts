import { expect, it } from 'vitest';
import { emptyStep } from './runbook-draft.ts';
import { serverErrors } from './server-errors.ts';

it('puts a problem that the server found beside the field of the step that was moved there', () => {
  const draft = { steps: [{ ...emptyStep('wait', []), key: '7' }], parameters: [] };
  expect(
    serverErrors({ 'steps.0.timeoutSeconds': 'too long', name: 'taken', '': 'no', 'steps.9.title': 'x' }, draft),
  ).toEqual({
    'steps.7.timeout': 'too long',
    name: 'taken',
    '': 'no',
    steps: 'x',
  });
});
