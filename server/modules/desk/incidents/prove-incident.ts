import { v7 as uuid } from 'uuid';
import type { Fact } from '#contract/facts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { alertStore } from './store-alerts.ts';
import { storyStore } from '../tickets/store-story.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import { vigie } from '../tickets/ticket-fact.ts';
import { isOver } from '../tickets/ticket-moves.ts';

/** A proof names so many of the checks that still fail. */
const mostNamed = 20;

/** Asks that the failed checks of an incident run again at once; says so in its story when it has none. */
export async function askProof(unit: Unit<'desk'>, ticketId: string, at: Date): Promise<void> {
  const checkIds = await alertStore(unit.db).checksToProve(ticketId);
  if (checkIds.length === 0) {
    await storyStore(unit.db).tell(ticketId, { at, who: vigie, said: { code: 'proof_nothing', data: undefined } });
    return;
  }
  const requestId = uuid();
  await storyStore(unit.db).askProof(requestId, ticketId, at);
  await unit.publish('desk.proofWanted', { requestId, ticketId, checkIds });
}

/** The same, asked by a person. */
export async function proveIncident(
  { transact, clock }: { transact: Transact<'desk'>; clock: Clock },
  ticketId: string,
): Promise<void> {
  await transact(async (unit) => {
    const ticket = await ticketStore(unit.db).hold(ticketId);
    if (ticket === null) throw new Refusal('not_found');
    if (isOver(ticket.state)) throw new Refusal('already_resolved', { number: ticket.number });
    await askProof(unit, ticketId, clock.now());
    await unit.live('desk.ticket', ticketId);
  });
}

/** Writes into the story what the checks said; the answer to somebody else's request is none of ours. */
export async function takeProof(transact: Transact<'desk'>, fact: Fact<'watch.checksRan'>): Promise<void> {
  const { requestId, outcomes } = fact.payload;
  await transact.once(fact.id, 'desk.takeProof', async (unit) => {
    const story = storyStore(unit.db);
    const ticketId = await story.answerProof(requestId, fact.at);
    if (ticketId === null) return;
    const failing = outcomes.filter(({ verdict }) => verdict !== 'up');
    await story.tell(ticketId, {
      at: fact.at,
      who: vigie,
      said:
        outcomes.length === 0
          ? { code: 'proof_nothing', data: undefined }
          : failing.length === 0
            ? { code: 'proof_green', data: { count: outcomes.length } }
            : {
                code: 'proof_failing',
                data: {
                  count: outcomes.length,
                  failing: failing.slice(0, mostNamed).map(({ checkName, summary }) => ({ check: checkName, summary })),
                },
              },
    });
    await unit.live('desk.ticket', ticketId);
  });
}
