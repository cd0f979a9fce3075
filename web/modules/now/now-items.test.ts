import { expect, it } from 'vitest';
import type { Ticket } from '#contract/desk.ts';
import type { Run } from '#contract/upkeep.ts';
import { nowItems } from './now-items.ts';

const person = { kind: 'person', id: null, name: 'Alice' } as const;

function ticket(id: string, change: Partial<Ticket>): Ticket {
  return {
    id,
    number: 1,
    kind: 'incident',
    title: id,
    state: 'open',
    priority: 'normal',
    cause: null,
    causeKey: null,
    failingSince: '2026-01-01T10:00:00Z',
    openedAt: '2026-01-01T10:00:10Z',
    acknowledgedAt: null,
    acknowledgedBy: null,
    assignee: null,
    goodSince: null,
    resolvedAt: null,
    resolvedBy: null,
    outageSeconds: null,
    causeText: '',
    remedyText: '',
    alertCount: 1,
    openAlertCount: 1,
    ...change,
  };
}

function run(id: string, state: Run['state']): Run {
  return {
    id,
    runbook: { id, name: 'restart', version: 1 },
    host: { kind: 'host', id, name: 'web-1' },
    incidentId: null,
    inputs: {},
    state,
    note: '',
    proposedBy: person,
    proposedAt: '2026-01-01T10:01:00Z',
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

it('puts an outage nobody has taken first, the more important and the older before', () => {
  const order = nowItems(
    [
      ticket('taken', { state: 'in_progress', priority: 'critical' }),
      ticket('younger', { failingSince: '2026-01-01T10:05:00Z' }),
      ticket('older', {}),
      ticket('critical', { priority: 'critical', failingSince: '2026-01-01T11:00:00Z' }),
      ticket('over', { state: 'solved' }),
    ],
    [run('reviewed', 'succeeded'), run('approve', 'waiting_approval')],
    2,
  );
  expect(order.map((item) => `${item.kind} ${item.id}`)).toEqual([
    'incident critical',
    'incident older',
    'incident younger',
    'approval approve',
    'incident taken',
    'confirm over',
    'review reviewed',
    'unknown unknown',
  ]);
});

it('is empty when nothing wants a hand', () => {
  expect(nowItems([], [], 0)).toEqual([]);
});
