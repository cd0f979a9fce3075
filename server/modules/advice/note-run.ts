import type { Fact } from '#contract/facts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { recommendationStore } from './store-recommendation.ts';

interface Parts {
  readonly transact: Transact<'advice'>;
  readonly clock: Clock;
}

/**
 * A run that succeeded carried out what was accepted for its host with its runbook: from then on what it brought is
 * measured. Done once for each run.
 */
export async function noteRun({ transact }: Parts, { id, at, payload }: Fact<'upkeep.runEnded'>): Promise<void> {
  const { state, runbookId, runbookName, host, by } = payload;
  if (state !== 'succeeded') return;
  await transact.once(id, 'advice.noteRun', async (unit) => {
    const store = recommendationStore(unit.db);
    for (const each of await store.acceptedOf(host.id)) {
      if (!each.links.some((link) => link.kind === 'runbook' && link.id === runbookId)) continue;
      if (each.decidedAt !== null && new Date(payload.startedAt) < each.decidedAt) continue;
      await store.decide(each.id, { state: 'done', by, at, reason: runbookName, declinedExtent: null });
      await unit.live('advice.recommendation', each.id);
    }
  });
}
