import type { Fact } from '#contract/facts.ts';
import type { Transact } from '#platform/outbox.ts';
import { settleTicket } from './settle-ticket.ts';
import { alertStore } from './store-alerts.ts';
import { storyStore } from '../tickets/store-story.ts';
import { vigie } from '../tickets/ticket-fact.ts';

const mostToldAlerts = 50;

/** A check is well again, or gone. When it was the last one of its incident, that is proposed as resolved. */
export async function clearAlert(transact: Transact<'desk'>, fact: Fact<'watch.alertCleared'>): Promise<void> {
  const { payload, at } = fact;
  await transact.once(fact.id, 'desk.clearAlert', async (unit) => {
    const alerts = alertStore(unit.db);
    const { alertId, checkId, checkName, checkKind, target, failingSince, summary, goodSince, removed } = payload;
    const alert = await alerts.keep({
      id: alertId,
      checkId,
      checkName,
      checkKind,
      target,
      failingSince: new Date(failingSince),
      raisedAt: at,
      goodSince: new Date(goodSince),
      clearedAt: at,
      summary,
    });
    if (alert.clearedAt === null) await alerts.clear(alertId, new Date(goodSince), at);
    if (alert.ticketId === null) return;
    const story = storyStore(unit.db);
    if ((await story.count(alert.ticketId, 'alert_cleared')) < mostToldAlerts) {
      const data = { check: checkName, target: target.name, removed };
      await story.tell(alert.ticketId, { at, who: vigie, said: { code: 'alert_cleared', data } });
    }
    await settleTicket(unit, alert.ticketId, { alert, at });
  });
}
