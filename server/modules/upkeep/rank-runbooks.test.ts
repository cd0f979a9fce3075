import { expect, test } from 'vitest';
import type { Runbook } from '#contract/upkeep.ts';
import { rankRunbooks } from './rank-runbooks.ts';

function runbook(name: string, ...symptoms: string[]): Runbook {
  return {
    id: name,
    name,
    summary: '',
    safe: false,
    symptoms,
    parameters: [],
    steps: [{ kind: 'wait', title: 'Wait', onFailure: 'stop', seconds: 1 }],
    version: 1,
    changedAt: '2026-01-01T00:00:00.000Z',
    changedBy: { kind: 'vigie', id: null, name: 'Vigie' },
    runCount: 0,
    successCount: 0,
  };
}

const names = (runbooks: readonly Runbook[]): string[] => runbooks.map(({ name }) => name);

test.each([
  ['connexion refusée', 'web1 : 10.77.0.11 refuse les connexions sur le port 80.'],
  ['connection refused', 'web1: 10.77.0.11 refuses connections on port 80.'],
  ['disque plein', 'Les disques sont pleins'],
])('a symptom is found by its words, whatever their endings: %s', (symptom, said) => {
  expect(names(rankRunbooks([runbook('Restart it', symptom)], said))).toEqual(['Restart it']);
});

test('words that only begin alike are not the same', () => {
  expect(rankRunbooks([runbook('Redo the contract', 'contrat')], 'Le contrôle a échoué, le constat aussi')).toEqual([]);
});

test('what fits better comes first', () => {
  const all = [runbook('Empty the disk', 'disk full'), runbook('Restart the site', 'connection refused', 'nginx')];
  expect(names(rankRunbooks(all, 'nginx refuses connections; the disk is well'))).toEqual([
    'Restart the site',
    'Empty the disk',
  ]);
});
