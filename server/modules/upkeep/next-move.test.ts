import { describe, expect, it } from 'vitest';
import { nextMove } from './next-move.ts';
import type { Run, RunStep, StepDefinition } from './run.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = new Date('2026-11-22T10:00:30Z');
const before = new Date('2026-11-22T09:59:30Z');
const bob = { kind: 'person', id: '0195f8a0-0000-7000-8000-000000000001', name: 'Bob' } as const;

const definitions: Record<string, StepDefinition> = {
  command: { kind: 'command', title: 'c', command: 'true', onFailure: 'stop', timeoutSeconds: 60, sudo: false },
  lenient: { kind: 'command', title: 'l', command: 'true', onFailure: 'continue', timeoutSeconds: 60, sudo: false },
  wait: { kind: 'wait', title: 'w', onFailure: 'stop', seconds: 30 },
  check: { kind: 'check', title: 'k', onFailure: 'stop', timeoutSeconds: 60 },
  manual: { kind: 'manual', title: 'm', onFailure: 'stop', instruction: 'look' },
};

function step(kind: keyof typeof definitions, changes: Partial<RunStep>): RunStep {
  const definition = definitions[kind];
  if (definition === undefined) throw new Error('unknown kind');
  return {
    id: 's',
    position: 0,
    definition,
    state: 'pending',
    startedAt: null,
    launchedAt: null,
    endedAt: null,
    exitCode: null,
    note: null,
    reattached: 0,
    outputBytes: 0,
    outputTruncated: false,
    wakeAt: null,
    requestId: null,
    askedAt: null,
    answer: null,
    signedBy: null,
    ...changes,
  };
}

function run(steps: readonly RunStep[], changes: Partial<Run> = {}): Run {
  return {
    id: 'r',
    runbook: { id: 'b', name: 'Restart', version: 1 },
    safe: true,
    host: { id: 'h', name: 'web1' },
    incidentId: null,
    inputs: {},
    target: { address: '192.0.2.1', port: 22, user: 'root', credentialId: 'c', hostKeys: [] },
    planHash: '',
    state: 'running',
    note: null,
    proposedBy: bob,
    proposedAt: before,
    approvedBy: null,
    approvedAt: null,
    refusedBy: null,
    refusedReason: null,
    emergency: null,
    queuedAt: before,
    startedAt: before,
    endedAt: null,
    stopRequestedBy: null,
    steps,
    ...changes,
  };
}

describe('the next move of a run', () => {
  it('waits for its host first', () => {
    expect(nextMove(run([step('command', {})], { state: 'queued' }), now)).toEqual({ do: 'takeHost' });
  });
  it('begins the first step that did not run, and finishes after the last', () => {
    const first = step('command', { state: 'succeeded' });
    const second = step('wait', {});
    expect(nextMove(run([first, second]), now)).toEqual({ do: 'beginStep', step: second });
    expect(nextMove(run([first]), now)).toEqual({ do: 'finish', state: 'succeeded' });
  });
  it('follows a command that was running when its owner died', () => {
    const running = step('command', { state: 'running', launchedAt: before });
    expect(nextMove(run([running]), now)).toEqual({ do: 'followCommand', step: running });
  });
  it('fails after a failed step, goes on where the step says so, and never goes on after a lost one', () => {
    expect(nextMove(run([step('command', { state: 'failed' }), step('wait', {})]), now)).toMatchObject({
      state: 'failed',
    });
    expect(nextMove(run([step('lenient', { state: 'failed' }), step('wait', {})]), now)).toMatchObject({
      do: 'beginStep',
    });
    expect(nextMove(run([step('lenient', { state: 'lost' }), step('wait', {})]), now)).toMatchObject({ state: 'lost' });
  });
  it('stops the command that runs before it ends as stopped', () => {
    const running = step('command', { state: 'running' });
    const stopping = { state: 'stopping', stopRequestedBy: bob } as const;
    expect(nextMove(run([running], stopping), now)).toEqual({ do: 'stopCommand', step: running });
    expect(nextMove(run([step('manual', { state: 'waiting' })], stopping), now)).toEqual({
      do: 'finish',
      state: 'stopped',
    });
    expect(nextMove(run([step('command', {})], { state: 'queued', stopRequestedBy: bob }), now)).toMatchObject({
      state: 'stopped',
    });
  });
  it('sleeps until a wait is over, and for ever until a person signs', () => {
    expect(nextMove(run([step('wait', { state: 'waiting', wakeAt: later })]), now)).toEqual({
      do: 'sleep',
      until: later,
    });
    expect(nextMove(run([step('wait', { state: 'waiting', wakeAt: before })]), now)).toMatchObject({ do: 'endWait' });
    expect(nextMove(run([step('manual', { state: 'waiting' })]), now)).toEqual({ do: 'sleep', until: null });
  });
  it('asks for checks, asks again while they fail, and says what failed when the time is over', () => {
    const asking = step('check', { state: 'waiting', wakeAt: later });
    expect(nextMove(run([asking]), now)).toMatchObject({ do: 'askChecks' });
    const asked = { ...asking, askedAt: now };
    expect(nextMove(run([asked]), now)).toEqual({ do: 'sleep', until: later });
    const bad = [
      { checkName: 'web', verdict: 'down' },
      { checkName: 'dns', verdict: 'up' },
    ];
    const answered = { ...asked, answer: bad };
    expect(nextMove(run([answered]), now)).toMatchObject({ do: 'sleep', until: new Date('2026-11-22T10:00:05Z') });
    expect(nextMove(run([{ ...answered, askedAt: before }]), now)).toMatchObject({ do: 'askChecks' });
    expect(nextMove(run([{ ...answered, wakeAt: before }]), now)).toMatchObject({
      verdict: { good: false, names: 'web' },
    });
    expect(nextMove(run([{ ...asked, answer: [{ checkName: 'web', verdict: 'up' }] }]), now)).toMatchObject({
      verdict: { good: true },
    });
    expect(nextMove(run([{ ...asked, wakeAt: before }]), now)).toMatchObject({ verdict: { why: 'silent' } });
    expect(nextMove(run([{ ...asked, answer: [] }]), now)).toMatchObject({ verdict: { why: 'none' } });
  });
});
