import type { Fact, FactName } from '#contract/facts.ts';
import type { Doer } from '#contract/words.ts';
import type { Transact } from '#platform/outbox.ts';
import { askProof } from './prove-incident.ts';
import { storyStore } from '../tickets/store-story.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import type { Said } from '../tickets/story-words.ts';
import { vigie } from '../tickets/ticket-fact.ts';
import { isOver } from '../tickets/ticket-moves.ts';

/** The facts about runs that belong into the story of the incident for which they run. */
export type RunFactName = Extract<
  FactName,
  | 'upkeep.runProposed'
  | 'upkeep.runApproved'
  | 'upkeep.runRefused'
  | 'upkeep.emergencyDeclared'
  | 'upkeep.emergencyReviewed'
  | 'upkeep.runStarted'
  | 'upkeep.runReattached'
  | 'upkeep.runEnded'
>;
export type RunFact = { readonly [Name in RunFactName]: Fact<Name> & { readonly name: Name } }[RunFactName];

const person = (name: string): Doer => ({ kind: 'person', id: null, name });

/** What a fact about a run says in a story, and who did it. */
export function saidOfRun(fact: RunFact): { who: Doer; said: Said } {
  const { name, payload } = fact;
  const run = { runbook: payload.runbookName, host: payload.host.name };
  const by = person(payload.by);
  switch (name) {
    case 'upkeep.runProposed':
      return { who: by, said: { code: 'run_proposed', data: { ...run, safe: payload.safe } } };
    case 'upkeep.runApproved':
      return { who: person(fact.payload.approvedBy), said: { code: 'run_approved', data: run } };
    case 'upkeep.runRefused':
      return { who: by, said: { code: 'run_refused', data: { ...run, reason: fact.payload.reason } } };
    case 'upkeep.emergencyDeclared':
      return { who: by, said: { code: 'run_emergency', data: { ...run, reason: fact.payload.reason } } };
    case 'upkeep.emergencyReviewed':
      return { who: by, said: { code: 'run_reviewed', data: { ...run, note: fact.payload.note } } };
    case 'upkeep.runStarted':
      return { who: vigie, said: { code: 'run_started', data: run } };
    case 'upkeep.runReattached':
      return { who: vigie, said: { code: 'run_reattached', data: run } };
    case 'upkeep.runEnded': {
      const { startedAt, endedAt, state } = fact.payload;
      const seconds = Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000);
      return { who: vigie, said: { code: 'run_ended', data: { ...run, state, seconds } } };
    }
    default:
      return name satisfies never;
  }
}

/** Writes what happens to a run into its incident's story; after one that ended well, asks for the proof. */
export async function tellRun(transact: Transact<'desk'>, fact: RunFact): Promise<void> {
  const { incidentId, runId, runbookId } = fact.payload;
  if (incidentId === null) return;
  await transact.once(fact.id, 'desk.tellRun', async (unit) => {
    const ticket = await ticketStore(unit.db).hold(incidentId);
    if (ticket === null) return;
    await storyStore(unit.db).tell(incidentId, { at: fact.at, runId, ...saidOfRun(fact) });
    if (fact.name === 'upkeep.runEnded') {
      await storyStore(unit.db).keepRun(runId, incidentId, runbookId, fact.payload.state);
      if (fact.payload.state === 'succeeded' && !isOver(ticket.state)) await askProof(unit, incidentId, fact.at);
    }
    await unit.live('desk.ticket', incidentId);
  });
}
