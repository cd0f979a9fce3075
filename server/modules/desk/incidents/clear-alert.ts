import type { Fact } from '#contract/facts.ts';
import type { Transact } from '#platform/outbox.ts';
import { mostToldAlerts } from './incident.ts';
import { settleTickets } from './settle-ticket.ts';
import { alertStore } from './store-alerts.ts';
import { storyStore, type Told } from '../tickets/store-story.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import { vigie } from '../tickets/ticket-fact.ts';

/** Checks are well again, or gone. When one was the last of its incident, that is proposed as resolved. */
export async function clearAlerts(
  transact: Transact<'desk'>,
  facts: readonly Fact<'watch.alertCleared'>[],
): Promise<void> {
  const ids = facts.map(({ id }) => id);
  await transact.onceEach(ids, 'desk.clearAlert', async (unit, fresh) => {
    const alerts = alertStore(unit.db);
    const heard = facts.filter(({ id }) => fresh.has(id));
    const kept = await alerts.keep(
      heard.map(({ payload, at }) => ({
        id: payload.alertId,
        checkId: payload.checkId,
        checkName: payload.checkName,
        checkKind: payload.checkKind,
        target: payload.target,
        failingSince: new Date(payload.failingSince),
        raisedAt: at,
        goodSince: new Date(payload.goodSince),
        clearedAt: at,
        summary: payload.summary,
      })),
    );
    await alerts.clear(
      heard.map(({ payload, at }) => ({ id: payload.alertId, goodSince: new Date(payload.goodSince), at })),
    );
    const joined = heard.flatMap(({ payload, at }) => {
      const alert = kept.get(payload.alertId);
      return alert === undefined || alert.ticketId === null ? [] : [{ alert, ticketId: alert.ticketId, payload, at }];
    });
    const ticketIds = [...new Set(joined.map(({ ticketId }) => ticketId))];
    // Held in their order, before a line of the story touches one of them.
    await ticketStore(unit.db).holdAll(ticketIds);
    const story = storyStore(unit.db);
    const counts = new Map(await story.counts(ticketIds, 'alert_cleared'));
    const told: Told[] = [];
    for (const { ticketId, payload, at } of joined) {
      const count = counts.get(ticketId) ?? 0;
      if (count >= mostToldAlerts) continue;
      counts.set(ticketId, count + 1);
      const data = { check: payload.checkName, target: payload.target.name, removed: payload.removed };
      told.push({ ticketId, at, who: vigie, said: { code: 'alert_cleared', data } });
    }
    await story.tellAll(told);
    await settleTickets(unit, joined);
  });
}
