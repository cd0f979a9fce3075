import type { Fact } from '#contract/facts.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import type { Needs } from '../needs.ts';
import { higherPriority, priorityOf } from '../tickets/priority.ts';
import { settleTickets } from './settle-ticket.ts';
import { alertStore, type AlertRecord } from './store-alerts.ts';
import { causeStore } from './store-causes.ts';
import { storyStore } from '../tickets/store-story.ts';
import { ticketStore, type TicketRecord } from '../tickets/store-tickets.ts';
import { titleOf } from '../tickets/story-words.ts';
import { ticketFact, vigie } from '../tickets/ticket-fact.ts';
import { isOver } from '../tickets/ticket-moves.ts';

interface Parts {
  readonly transact: Transact<'desk'>;
  readonly needs: Needs;
}

type Changed = Fact<'watch.alertChanged'>;

/** An alert got worse, is no longer held back, or turned out to come from something that has an incident of its own. */
export async function followAlert({ transact, needs }: Parts, fact: Changed): Promise<void> {
  const { payload, at } = fact;
  const [affected = []] = await needs.importanceOfAffected([[payload.cause, payload.target]]);
  const priority = priorityOf(affected, payload.state);
  await transact.once(fact.id, 'desk.followAlert', async (unit) => {
    const known = await alertStore(unit.db).find(payload.alertId);
    const ticket =
      known?.ticketId === undefined || known.ticketId === null ? null : await ticketStore(unit.db).hold(known.ticketId);
    if (known === null || ticket === null || isOver(ticket.state)) return;
    const alert = { ...known, summary: payload.summary };
    if (payload.how === 'joined') return joinCause(unit, ticket, { alert, fact });
    const higher = ticket.priorityByHand ? ticket.priority : higherPriority(ticket.priority, priority);
    await ticketStore(unit.db).change(ticket.id, { priority: higher, silenced: ticket.silenced && payload.silenced });
    if (payload.how === 'worsened')
      await storyStore(unit.db).tell(ticket.id, {
        at,
        who: vigie,
        said: {
          code: 'alert_worsened',
          data: { check: alert.checkName, target: alert.target.name, summary: alert.summary },
        },
      });
    if (higher !== ticket.priority)
      await storyStore(unit.db).tell(ticket.id, {
        at,
        who: vigie,
        said: { code: 'priority_changed', data: { from: ticket.priority, to: higher } },
      });
    const heldBefore = ticket.silenced && !payload.silenced;
    // Who was not told because of a silence is told now: to them it is a new incident.
    if (heldBefore)
      await unit.publish('desk.incidentOpened', { ...ticketFact(ticket), summary: alert.summary, silenced: false });
    await unit.live('desk.ticket', ticket.id);
  });
}

/**
 * Moves an alert to the incident of its cause, and closes its own when nothing is left in it. When the cause has none yet,
 * since facts come in any order, its own becomes that of the cause, and what is heard of the cause later joins it.
 */
async function joinCause(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { alert, fact }: { readonly alert: AlertRecord; readonly fact: Changed },
): Promise<void> {
  const tickets = ticketStore(unit.db);
  const { at, payload } = fact;
  const causes = causeStore(unit.db);
  await causes.lock([payload.causeKey]);
  const causeId = (await causes.openOf([payload.causeKey])).get(payload.causeKey) ?? null;
  const cause = causeId === null || causeId === ticket.id ? null : await tickets.hold(causeId);
  if (causeId === ticket.id) return;
  if (cause === null) return takeOver(unit, ticket, { alert, fact });
  await alertStore(unit.db).joinEach([{ alertId: alert.id, ticketId: cause.id }]);
  const said = { check: alert.checkName, target: alert.target.name, summary: alert.summary };
  await storyStore(unit.db).tell(cause.id, { at, who: vigie, said: { code: 'alert_added', data: said } });
  const left = (await alertStore(unit.db).sums([ticket.id])).has(ticket.id);
  const touched = [cause.id, ...(left ? [ticket.id] : [])];
  await settleTickets(
    unit,
    touched.map((ticketId) => ({ ticketId, alert, at })),
  );
  if (!left) await closeInto(unit, ticket, cause, at);
}

async function takeOver(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { alert, fact: { at, payload } }: { readonly alert: AlertRecord; readonly fact: Changed },
): Promise<void> {
  const { cause, causeKey, summary } = payload;
  await causeStore(unit.db).set(ticket.id, cause, causeKey);
  await ticketStore(unit.db).change(ticket.id, { title: titleOf(cause.name, summary) });
  await storyStore(unit.db).tell(ticket.id, {
    at,
    who: vigie,
    said: { code: 'cause_found', data: { cause: cause.name, target: alert.target.name } },
  });
  await unit.live('desk.ticket', ticket.id);
}

async function closeInto(unit: Unit<'desk'>, ticket: TicketRecord, cause: TicketRecord, at: Date): Promise<void> {
  const causeText = cause.cause?.name ?? '';
  await ticketStore(unit.db).change(ticket.id, { state: 'resolved', resolvedAt: at, resolvedBy: vigie, causeText });
  await storyStore(unit.db).tell(ticket.id, {
    at,
    who: vigie,
    said: { code: 'joined_to', data: { number: cause.number, cause: causeText } },
  });
  await unit.live('desk.ticket', ticket.id);
}
