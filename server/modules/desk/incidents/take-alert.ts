import { v7 as uuid } from 'uuid';
import type { Fact, FactPayload } from '#contract/facts.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import type { Needs } from '../needs.ts';
import { higherPriority, priorityOf, type Priority } from '../tickets/priority.ts';
import { mostToldAlerts } from './incident.ts';
import { settleTickets } from './settle-ticket.ts';
import { alertStore, type AlertRecord } from './store-alerts.ts';
import { causeStore } from './store-causes.ts';
import { searchStore } from '../finding/store-search.ts';
import { storyStore, type Told } from '../tickets/store-story.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import { titleOf } from '../tickets/story-words.ts';
import { ticketFact, vigie } from '../tickets/ticket-fact.ts';
import { isOver } from '../tickets/ticket-moves.ts';

type AlertRaised = Fact<'watch.alertRaised'>;

interface Parts {
  readonly transact: Transact<'desk'>;
  readonly needs: Needs;
}

function alertOf({ payload, at }: AlertRaised): AlertRecord {
  const { alertId, checkId, checkName, checkKind, target, failingSince, summary } = payload;
  return {
    id: alertId,
    checkId,
    checkName,
    checkKind,
    target,
    failingSince: new Date(failingSince),
    raisedAt: at,
    goodSince: null,
    clearedAt: null,
    summary,
  };
}

interface Taken {
  readonly ticketId: string;
  readonly alert: AlertRecord;
  readonly payload: FactPayload<'watch.alertRaised'>;
  readonly priority: Priority;
  readonly at: Date;
}

function saidOf(alert: AlertRecord) {
  return { check: alert.checkName, target: alert.target.name, summary: alert.summary };
}

/**
 * Confirmed failures open one incident for each cause, or join the one that is open; many take hardly more statements
 * than one. What was heard of an alert's end before this is kept with it, so that a late beginning does not leave an
 * incident open for ever.
 */
export async function takeAlerts({ transact, needs }: Parts, facts: readonly AlertRaised[]): Promise<void> {
  const affected = await needs.importanceOfAffected(facts.map(({ payload }) => [payload.cause, payload.target]));
  const priorities = new Map(
    facts.map(({ id, payload }, place) => [id, priorityOf(affected[place] ?? [], payload.state)]),
  );
  const ids = facts.map(({ id }) => id);
  await transact.onceEach(ids, 'desk.takeAlert', async (unit, fresh) => {
    const heard = facts.filter(({ id }) => fresh.has(id));
    const kept = await alertStore(unit.db).keep(heard.map(alertOf));
    const waiting = heard.flatMap(({ id, payload, at }) => {
      const alert = kept.get(payload.alertId);
      const priority = priorities.get(id) ?? 'normal';
      return alert === undefined || alert.ticketId !== null ? [] : [{ alert, payload, priority, at }];
    });
    const open = new Map(await openOf(unit, [...new Set(waiting.map(({ payload }) => payload.causeKey))]));
    const opening: Taken[] = [];
    const joining: Taken[] = [];
    for (const each of waiting) {
      const { causeKey } = each.payload;
      const known = open.get(causeKey);
      const ticketId = known ?? uuid();
      open.set(causeKey, ticketId);
      (known === undefined ? opening : joining).push({ ...each, ticketId });
    }
    await openFor(unit, opening);
    await joinTo(unit, joining);
    await settleTickets(unit, [...opening.filter(({ alert }) => alert.clearedAt !== null), ...joining]);
  });
}

/** The open incidents of causes, held, by cause. One that somebody resolved while we waited for it is open no more. */
async function openOf({ db }: Unit<'desk'>, causeKeys: readonly string[]): Promise<[string, string][]> {
  const causes = causeStore(db);
  await causes.lock(causeKeys);
  const open = await causes.openOf(causeKeys);
  const held = await ticketStore(db).holdAll([...open.values()]);
  return [...open].filter(([, id]) => !isOver(held.get(id)?.state ?? 'resolved'));
}

async function openFor(unit: Unit<'desk'>, opening: readonly Taken[]): Promise<void> {
  if (opening.length === 0) return;
  const tickets = ticketStore(unit.db);
  // The lock on the cause makes a second open incident impossible; the index would still hold. The job then runs again.
  await tickets.addAll(
    opening.map(({ ticketId, alert, payload: { cause, causeKey, summary, silenced }, priority, at }) => ({
      id: ticketId,
      title: titleOf(cause.name, summary),
      priority,
      cause,
      causeKey,
      failingSince: alert.failingSince,
      openedAt: at,
      silenced,
    })),
  );
  await alertStore(unit.db).joinEach(opening.map(({ alert, ticketId }) => ({ alertId: alert.id, ticketId })));
  await storyStore(unit.db).tellAll(
    opening.map(({ ticketId, alert, payload: { silenced }, at }) => ({
      ticketId,
      at,
      who: vigie,
      said: { code: 'opened_by_alert', data: { ...saidOf(alert), silenced } },
    })),
  );
  await searchStore(unit.db).rebuild(opening.map(({ ticketId }) => ticketId));
  const added = await tickets.holdAll(opening.map(({ ticketId }) => ticketId));
  await unit.publishAll(
    opening.flatMap(({ ticketId, payload: { summary, silenced } }) => {
      const ticket = added.get(ticketId);
      if (ticket === undefined) return [];
      return [{ name: 'desk.incidentOpened', payload: { ...ticketFact(ticket), summary, silenced } } as const];
    }),
  );
  await unit.liveAll(opening.map(({ ticketId }) => ({ topic: 'desk.ticket', id: ticketId })));
}

async function joinTo(unit: Unit<'desk'>, joining: readonly Taken[]): Promise<void> {
  if (joining.length === 0) return;
  const tickets = ticketStore(unit.db);
  const story = storyStore(unit.db);
  const groups = Map.groupBy(joining, ({ ticketId }) => ticketId);
  const held = await tickets.holdAll([...groups.keys()]);
  const counts = await story.counts([...groups.keys()], 'alert_added');
  const told: Told[] = [];
  await alertStore(unit.db).joinEach(joining.map(({ alert, ticketId }) => ({ alertId: alert.id, ticketId })));
  for (const [ticketId, group] of groups) {
    const ticket = held.get(ticketId);
    if (ticket === undefined) continue;
    const at = new Date(Math.max(...group.map((each) => each.at.getTime())));
    const wanted = group.map(({ priority }) => priority).reduce(higherPriority, ticket.priority);
    const priority = ticket.priorityByHand ? ticket.priority : wanted;
    const silenced = ticket.silenced && group.every(({ payload }) => payload.silenced);
    await tickets.change(ticketId, { priority, silenced });
    const left = ticket.state === 'solved' ? 0 : Math.max(0, mostToldAlerts - (counts.get(ticketId) ?? 0));
    for (const each of group.slice(0, left))
      told.push({ ticketId, at: each.at, who: vigie, said: { code: 'alert_added', data: saidOf(each.alert) } });
    if (priority === ticket.priority) continue;
    const data = { from: ticket.priority, to: priority };
    told.push({ ticketId, at, who: vigie, said: { code: 'priority_changed', data } });
  }
  await story.tellAll(told);
}
