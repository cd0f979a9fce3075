import { describe, expect, it } from 'vitest';
import type { Runbook } from '#contract/upkeep.ts';
import { completeInputs, planHash } from './plan.ts';

const parameters: Runbook['parameters'] = [
  { name: 'service', label: 'Service', kind: 'text', choices: [], required: true, default: null },
  { name: 'level', label: 'Level', kind: 'choice', choices: ['soft', 'hard'], required: true, default: 'soft' },
  { name: 'note', label: 'Note', kind: 'text', choices: [], required: false, default: null },
];

describe('the inputs of a run', () => {
  it('are completed by defaults', () => {
    expect(completeInputs(parameters, { service: 'nginx' })).toEqual({ service: 'nginx', level: 'soft', note: '' });
  });
  it.each([
    ['a required one is missing', {}],
    ['a choice is not on the list', { service: 'nginx', level: 'medium' }],
    ['one is not known', { service: 'nginx', path: '/' }],
  ])('are refused when %s', (_, given) => {
    expect(() => completeInputs(parameters, given)).toThrow('parameter_missing');
  });
});

describe('the hash of a plan', () => {
  const plan = {
    steps: [{ kind: 'wait', title: 'w', onFailure: 'stop', seconds: 3 } as const],
    inputs: { a: 1, b: 'x' },
    hostId: 'h',
    target: { address: '192.0.2.1', port: 22, user: 'root', credentialId: 'c', hostKeys: ['k'] },
  };
  it('does not depend on the order of keys', () => {
    expect(planHash({ ...plan, inputs: { b: 'x', a: 1 } })).toBe(planHash(plan));
  });
  it('changes with the steps, the inputs and the target', () => {
    const others = [
      { ...plan, inputs: { a: 2, b: 'x' } },
      { ...plan, steps: [] },
      { ...plan, target: { ...plan.target, address: '192.0.2.2' } },
      { ...plan, target: { ...plan.target, hostKeys: ['other'] } },
    ];
    expect(new Set([plan, ...others].map(planHash)).size).toBe(5);
  });
});
